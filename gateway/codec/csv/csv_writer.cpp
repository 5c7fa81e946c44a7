#include "gateway/codec/csv/csv_writer.hpp"

#include <cassert>

namespace passerelle::codec {
namespace {

/// Written so that the compiler looks at many bytes at once.
bool must_quote(std::string_view cell, char separator) {
  unsigned found = 0;
  for (const char c : cell)
    found |= static_cast<unsigned>(c == separator) | static_cast<unsigned>(c == '"') |
             static_cast<unsigned>(c == '\r') | static_cast<unsigned>(c == '\n');
  return found != 0;
}

void append_quoted(std::string& out, std::string_view cell) {
  out.push_back('"');
  for (const char c : cell) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  out.push_back('"');
}

}  // namespace

CsvWriter::CsvWriter(const Shape& shape, ByteSink& sink) : m_shape(&shape), m_sink(&sink) {}

void CsvWriter::envelope(const Record&) {
  if (m_shape->wire.byte_order_mark) m_sink->write(utf_8_mark);
  for (const NodeId column : m_shape->node(m_shape->record()).children)
    write_cell(m_shape->node(column).name);
  end_row();
}

void CsvWriter::record(const Record& record) {
  for (const NodeId column : m_shape->node(m_shape->record()).children) {
    write_cell(record.value(record.root(), column).reveal());
  }
  end_row();
}

void CsvWriter::write_cell(std::string_view text) {
  if (m_row_begun) m_row.push_back(m_shape->wire.separator);
  m_row_begun = true;
  m_cell.clear();
  [[maybe_unused]] const bool known = append_encoded(m_cell, text, m_shape->wire.charset);
  assert(known);
  if (m_shape->wire.quoting == Quoting::always || must_quote(m_cell, m_shape->wire.separator)) {
    append_quoted(m_row, m_cell);
  } else {
    m_row.append(m_cell);
  }
}

void CsvWriter::end_row() {
  if (m_row.empty()) m_row = "\"\"";  // a blank line would be passed over
  m_row.append(m_shape->wire.line_end == LineEnd::crlf ? "\r\n" : "\n");
  m_sink->write(m_row);
  m_row.clear();
  m_row_begun = false;
}

}  // namespace passerelle::codec
