#include "gateway/codec/xml/xml_reader.hpp"

#include "gateway/codec/xml/record_builder.hpp"
#include "gateway/codec/xml/xml_names.hpp"

namespace passerelle::codec {

XmlReader::XmlReader(const Shape& shape)
    : m_names(std::make_unique<XmlNames>(shape)),
      m_envelope(std::make_unique<Record>(shape, Shape::root())),
      m_record(std::make_unique<Record>(shape, shape.record())) {}

XmlReader::~XmlReader() = default;

model::Faults XmlReader::read(ByteSource& source, RecordSink& sink) {
  m_envelope->clear();
  XmlInput input(source);
  RecordBuilder builder(*m_names, *m_envelope, *m_record, sink);
  XmlParse parse(input, builder, m_names->dictionary());
  const std::optional<XmlFault> fault = builder.run(parse);
  model::Faults faults = builder.take_stray_faults();
  if (fault) faults.push_back(model::make_fault(fault->code, {}, fault->at));
  return faults;
}

}  // namespace passerelle::codec
