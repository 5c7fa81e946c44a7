#include "tests/laws/shipped_formats.hpp"

#include <fmt/format.h>
#include <stdexcept>

#include "gateway/codec/csv/csv_table.hpp"

namespace passerelle::laws {
namespace {

std::uint64_t number(const codec::CsvTable& rows, std::size_t row, std::string_view column) {
  return std::stoull(std::string(rows.cell(row, column)));
}

}  // namespace

ShippedFormats::ShippedFormats() : m_formats(PASSERELLE_SOURCE, "2026-01-01", m_faults) {}

ShippedFormats& ShippedFormats::get() {
  static ShippedFormats only;
  return only;
}

std::vector<std::string> ShippedFormats::names() const {
  std::vector<std::string> names;
  for (const mapping::Peer& peer : m_formats.peers()) {
    for (const mapping::MappingSource& source : peer.messages)
      names.push_back(fmt::format("{}@{}:{}", source.peer, source.version, source.message));
  }
  return names;
}

const mapping::Format& ShippedFormats::format(const std::string& name) {
  const auto parsed = mapping::parse_format_name(name);
  const mapping::Format* found = m_formats.get(*m_formats.candidates(*parsed).front(), m_faults);
  if (found == nullptr) throw std::runtime_error(m_faults.front().text);
  return *found;
}

Converted convert(std::string_view from, std::string_view to, std::string_view text) {
  codec::MemorySource source(text);
  codec::MemorySink out;
  codec::MemorySink receipt;
  Converted converted;
  service::ConvertRequest request{.from = *mapping::parse_format_name(from),
                                  .to = *mapping::parse_format_name(to),
                                  .in = &source,
                                  .out = &out,
                                  .receipt = &receipt};
  request.on_fault = [&](const model::Fault& fault) {
    converted.faults.push_back(fmt::format("{} {}", catalogue_entry(fault.code).code, fault.path));
  };
  const auto summary = service::convert(ShippedFormats::get().formats(), request);
  if (!summary) converted.problem = summary.error();
  converted.out = out.bytes();
  converted.receipt = receipt.bytes();
  return converted;
}

LeafCounts counts_of(const std::string& receipt) {
  LeafCounts counts;
  const codec::CsvTable rows(receipt);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const std::uint64_t demande = number(rows, row, "demand");
    if (demande > counts.records.size()) counts.records.resize(demande);
    (demande == 0 ? counts.envelope : counts.records[demande - 1]) += number(rows, row, "count");
  }
  return counts;
}

std::set<std::uint64_t> refused_of(const std::string& receipt) {
  std::set<std::uint64_t> refused;
  const codec::CsvTable rows(receipt);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (rows.cell(row, "outcome") == "refused") refused.insert(number(rows, row, "demand"));
  }
  return refused;
}

}  // namespace passerelle::laws
