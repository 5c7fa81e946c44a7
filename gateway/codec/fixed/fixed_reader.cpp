#include "gateway/codec/fixed/fixed_reader.hpp"

#include "gateway/codec/limits.hpp"
#include "gateway/codec/wire_fit.hpp"

namespace passerelle::codec {
namespace {

using model::FaultCode;
using model::Faults;
using model::Position;

Position position(const TextLine& line, std::size_t begin) {
  return {line.number, static_cast<std::uint32_t>(begin + 1)};
}

}  // namespace

FixedReader::FixedReader(const Shape& shape)
    : m_shape(&shape), m_layout(shape), m_cells(shape.wire.charset, true) {}

Faults FixedReader::read(ByteSource& source, RecordSink& sink) {
  m_outside.clear();
  m_stray_leaves = 0;
  LineSplitter lines(source, m_shape->wire.charset == Charset::utf_8);
  if (lines.foreign_head()) return {make_fault(FaultCode::document_encoding, {}, {1, 1})};
  TextLine line;
  bool found = lines.next(line);
  if (!found) return {make_fault(FaultCode::document_empty, {}, {1, 1})};
  Faults faults;
  {
    Record envelope(*m_shape, Shape::root());
    const bool present = m_layout.has_envelope() && m_layout.envelope.takes(line.bytes);
    if (present) fill(line, m_layout.envelope, envelope, faults);
    sink.envelope(envelope, faults);
    if (present) found = lines.next(line);
  }
  Record record(*m_shape, m_shape->record());
  for (std::uint64_t ordinal = 1; found; found = lines.next(line)) {
    if (m_layout.has_envelope() && m_layout.envelope.takes(line.bytes)) {
      note_second_envelope(line);
      continue;
    }
    record.clear();
    record.ordinal = ordinal++;
    faults.clear();
    fill(line, m_layout.demande, record, faults);
    sink.record(record, faults);
  }
  if (m_stray_leaves > 0) sink.stray(m_stray_leaves);
  return m_outside;
}

void FixedReader::fill(const TextLine& line, const FixedLine& layout, Record& record, Faults& faults) {
  const auto refuse = [&](FaultCode code, Position at) {
    faults.push_back(make_fault(code, record.path(record.root(), record.root_node()), at));
  };
  if (line.over_limit) return refuse(FaultCode::limit_record, position(line, 0));
  m_cells.enter(line.bytes);
  if (!layout.takes(line.bytes)) {
    record.note_unplaced(record.root(), record.root_node(), 1, position(line, 0));
    return refuse(FaultCode::row_kind, position(line, 0));
  }
  for (const FixedField& field : layout.fields) place(line, field, record, faults);
  for (const FixedSpan gap : layout.gaps) pass_over(line, gap, record, faults);
  if (line.bytes.size() == layout.width) return;
  refuse(FaultCode::row_length, position(line, line.bytes.size()));
  const FixedSpan rest{layout.width, line.bytes.size()};
  const bool filled = !without_padding(rest.of(line.bytes)).empty();
  record.note_unplaced(record.root(), record.root_node(), filled ? 1 : 0, position(line, rest.begin));
}

void FixedReader::place(const TextLine& line, const FixedField& field, Record& record, Faults& faults) {
  const std::string_view bytes = without_padding(field.span.of(line.bytes));
  if (bytes.empty()) return;
  const Position at = position(line, field.span.begin);
  const auto text = m_cells.read(bytes, false, record);
  if (text) return record.set(record.root(), field.node, Value(*text), at);
  record.note_unplaced(record.root(), m_shape->node(field.node).parent, 1, at);
  if (faults.size() < limits::faults)
    faults.push_back(make_fault(text.error(), record.path(record.root(), field.node), at));
}

void FixedReader::pass_over(const TextLine& line, FixedSpan span, Record& record, Faults& faults) {
  if (without_padding(span.of(line.bytes)).empty()) return;
  const Position at = position(line, span.begin);
  record.note_unplaced(record.root(), record.root_node(), 1, at);
  faults.push_back(
      make_fault(FaultCode::text_unexpected, record.path(record.root(), record.root_node()), at));
}

void FixedReader::note_second_envelope(const TextLine& line) {
  for (const FixedField& field : m_layout.envelope.fields) {
    if (!without_padding(field.span.of(line.bytes)).empty()) ++m_stray_leaves;
  }
  const std::string path = m_shape->path(m_shape->node(m_layout.envelope.fields.front().node).parent);
  if (m_outside.size() < limits::faults)
    m_outside.push_back(make_fault(FaultCode::element_repeated, path, position(line, 0)));
}

std::optional<std::string> sniff_fixed(std::string_view head, const Shape& shape, std::string_view path) {
  if (!path.starts_with('/')) return std::nullopt;
  const auto place = shape.find(path.substr(1));
  if (!place || !shape.node(*place).holds_value()) return std::nullopt;
  MemorySource source(head);
  LineSplitter lines(source, shape.wire.charset == Charset::utf_8);
  TextLine line;
  if (!lines.next(line)) return std::string();
  const Node& field = shape.node(*place);
  return std::string(without_padding(FixedSpan{field.at - 1, field.length}.of(line.bytes)));
}

}  // namespace passerelle::codec
