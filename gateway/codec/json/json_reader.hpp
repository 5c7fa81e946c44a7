// The reader of JSON: the pivot, and peers of the same kind.
#pragma once

#include "gateway/codec/codec.hpp"
#include "gateway/codec/json/json_record_parser.hpp"

namespace passerelle::codec {

/// Reads a stream of JSON objects (see JsonSplitter for the layouts): at first, when it is there, the
/// envelope (see JsonRecordParser::is_envelope), then one object a record. Objects of the pivot carry its
/// version (JsonPlan::versioned). An object that cannot be parsed is given to the sink as an empty record
/// with its fault.
class JsonReader final : public Reader {
 public:
  /// The shape must outlive the reader and have a record node.
  explicit JsonReader(const Shape& shape);

  model::Faults read(ByteSource& source, RecordSink& sink) override;

 private:
  void fill(const JsonSlice& slice, Record& record, model::Faults& faults);

  const Shape* m_shape;
  JsonRecordParser m_parser;
};

}  // namespace passerelle::codec
