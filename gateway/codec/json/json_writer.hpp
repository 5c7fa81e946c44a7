// The writer of JSON: the pivot, and peers of the same kind.
#pragma once

#include <string>

#include "gateway/codec/codec.hpp"

namespace passerelle::codec {

/// Writes one object a line: the version first for the pivot, then the members present in the order of the
/// shape; null, empty arrays and empty objects are kept. Spelling is RFC 8785's but for the order of keys.
/// Booleans and integers are written as JSON scalars in their plain form (`1` and `true` as true, `+007` as
/// 7); one that is not of its type goes out as a string, so that nothing is lost.
///
/// The envelope has a line only when it holds something, or when the first record could be taken for one.
class JsonWriter final : public Writer {
 public:
  /// Shape and sink must outlive the writer; the records must be of that shape.
  JsonWriter(const Shape& shape, ByteSink& sink);

  void envelope(const Record& record) override;
  void record(const Record& record) override;
  void finish() override {}

 private:
  void write_line(const Record& record);

  const Shape* m_shape;
  ByteSink* m_sink;
  std::string m_line;
  bool m_first_line = true;
};

}  // namespace passerelle::codec
