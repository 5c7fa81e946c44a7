#include "gateway/codec/codec_choice.hpp"

#include "gateway/codec/csv/csv_reader.hpp"
#include "gateway/codec/csv/csv_writer.hpp"
#include "gateway/codec/fixed/fixed_reader.hpp"
#include "gateway/codec/fixed/fixed_writer.hpp"
#include "gateway/codec/json/json_reader.hpp"
#include "gateway/codec/json/json_writer.hpp"
#include "gateway/codec/xml/xml_reader.hpp"
#include "gateway/codec/xml/xml_writer.hpp"

namespace passerelle::codec {

std::unique_ptr<Reader> make_reader(const Shape& shape) {
  switch (shape.wire.kind) {
    case WireKind::xml: return std::make_unique<XmlReader>(shape);
    case WireKind::json: return std::make_unique<JsonReader>(shape);
    case WireKind::csv: return std::make_unique<CsvReader>(shape);
    case WireKind::fixed: return std::make_unique<FixedReader>(shape);
  }
  return nullptr;
}

std::unique_ptr<Writer> make_writer(const Shape& shape, ByteSink& sink) {
  switch (shape.wire.kind) {
    case WireKind::xml: return std::make_unique<XmlWriter>(shape, sink);
    case WireKind::json: return std::make_unique<JsonWriter>(shape, sink);
    case WireKind::csv: return std::make_unique<CsvWriter>(shape, sink);
    case WireKind::fixed: return std::make_unique<FixedWriter>(shape, sink);
  }
  return nullptr;
}

}  // namespace passerelle::codec
