#include "gateway/service/complement_file.hpp"

#include <charconv>
#include <fmt/format.h>

#include "gateway/codec/csv/csv_cell.hpp"

namespace passerelle::service {
namespace {

std::uint64_t number(std::string_view text) {
  std::uint64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

ComplementWriter::ComplementWriter(codec::ByteSink& sink) : m_sink(&sink) {
  m_sink->write("demand,path,value\n");
}

void ComplementWriter::take_out(const mapping::Plan& plan, codec::Record& pivot) {
  mapping::for_each_parked(plan, pivot, [&](std::string_view path, std::string_view value) {
    std::string row = fmt::format("{},", pivot.ordinal);
    codec::append_csv_cell(row, path, ',', codec::Quoting::always);
    row.push_back(',');
    codec::append_csv_cell(row, value, ',', codec::Quoting::always);
    m_sink->write(row += '\n');
  });
  mapping::drop_parked(plan, pivot);
}

ComplementReader::ComplementReader(const std::string& text) : m_rows(text) {}

void ComplementReader::put_back(const mapping::Plan& plan, codec::Record& pivot) {
  while (m_next < m_rows.size() && number(m_rows.cell(m_next, "demand")) == pivot.ordinal) {
    mapping::add_parked(plan, pivot, m_rows.cell(m_next, "path"), codec::Value(m_rows.cell(m_next, "value")));
    ++m_next;
  }
}

}  // namespace passerelle::service
