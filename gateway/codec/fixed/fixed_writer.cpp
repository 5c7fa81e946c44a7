#include "gateway/codec/fixed/fixed_writer.hpp"

#include <cassert>

#include "gateway/codec/wire_fit.hpp"

namespace passerelle::codec {

FixedWriter::FixedWriter(const Shape& shape, ByteSink& sink)
    : m_shape(&shape), m_sink(&sink), m_layout(shape) {}

void FixedWriter::envelope(const Record& record) {
  if (m_shape->wire.byte_order_mark) m_sink->write(utf_8_mark);
  if (!record.leaves().empty()) write_line(m_layout.envelope, record);
}

void FixedWriter::record(const Record& record) {
  write_line(m_layout.demande, record);
}

void FixedWriter::write_line(const FixedLine& layout, const Record& record) {
  m_line.assign(layout.width, ' ');
  for (const auto& [node, span] : layout.fields) {
    m_field.clear();
    const std::string_view value = without_padding(record.value(record.root(), node).reveal());
    [[maybe_unused]] const bool known = append_encoded(m_field, value, m_shape->wire.charset);
    assert(known && m_field.size() <= span.size);
    m_line.replace(span.begin, m_field.size(), m_field);
  }
  m_line.append(m_shape->wire.line_end == LineEnd::crlf ? "\r\n" : "\n");
  m_sink->write(m_line);
}

}  // namespace passerelle::codec
