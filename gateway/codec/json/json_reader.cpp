#include "gateway/codec/json/json_reader.hpp"

namespace passerelle::codec {

JsonReader::JsonReader(const Shape& shape) : m_shape(&shape), m_parser(shape) {}

model::Faults JsonReader::read(ByteSource& source, RecordSink& sink) {
  JsonSplitter splitter(source);
  JsonSlice slice;
  model::Faults faults;
  bool found = splitter.next(slice);
  {
    Record envelope(*m_shape, Shape::root());
    const bool present = found && m_parser.is_envelope(slice);
    if (present) fill(slice, envelope, faults);
    sink.envelope(envelope, faults);
    if (present) found = splitter.next(slice);
  }
  Record record(*m_shape, m_shape->record());
  for (std::uint64_t ordinal = 1; found; found = splitter.next(slice), ++ordinal) {
    record.clear();
    record.ordinal = ordinal;
    faults.clear();
    fill(slice, record, faults);
    sink.record(record, faults);
  }
  if (!splitter.fault()) return {};
  return {make_fault(splitter.fault()->code, {}, splitter.fault()->at)};
}

void JsonReader::fill(const JsonSlice& slice, Record& record, model::Faults& faults) {
  if (slice.fault) {
    faults.push_back(
        make_fault(slice.fault->code, record.path(record.root(), record.root_node()), slice.fault->at));
  } else {
    m_parser.parse(slice, record, faults);
  }
}

}  // namespace passerelle::codec
