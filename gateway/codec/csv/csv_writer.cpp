#include "gateway/codec/csv/csv_writer.hpp"

#include <cassert>

#include "gateway/codec/csv/csv_cell.hpp"

namespace passerelle::codec {
CsvWriter::CsvWriter(const Shape& shape, ByteSink& sink) : m_shape(&shape), m_sink(&sink) {}

void CsvWriter::envelope(const Record&) {
  if (m_shape->wire.byte_order_mark) m_sink->write(utf_8_mark);
  for (const NodeId column : m_shape->node(m_shape->record()).children) {
    encode(m_shape->node(column).name);
    append_csv_word(m_row, m_cell, m_shape->wire.separator, m_shape->wire.quoting);
  }
  end_row();
}

void CsvWriter::record(const Record& record) {
  for (const NodeId column : m_shape->node(m_shape->record()).children) {
    encode(record.value(record.root(), column).reveal());
    append_csv_cell(m_row, m_cell, m_shape->wire.separator, m_shape->wire.quoting);
  }
  end_row();
}

/// Begins the next cell of the row: its text in the charset is then in `m_cell`.
void CsvWriter::encode(std::string_view text) {
  if (m_row_begun) m_row.push_back(m_shape->wire.separator);
  m_row_begun = true;
  m_cell.clear();
  [[maybe_unused]] const bool known = append_encoded(m_cell, text, m_shape->wire.charset);
  assert(known);
}

void CsvWriter::end_row() {
  if (m_row.empty()) m_row = "\"\"";  // a blank line would be passed over
  m_row.append(m_shape->wire.line_end == LineEnd::crlf ? "\r\n" : "\n");
  m_sink->write(m_row);
  m_row.clear();
  m_row_begun = false;
}

}  // namespace passerelle::codec
