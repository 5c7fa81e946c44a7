#include "gateway/codec/fixed/fixed_writer.hpp"

#include <gtest/gtest.h>

#include "tests/unit/codec/table_shape.hpp"

namespace passerelle::codec {
namespace {

TEST(FixedWriter, fills_fields_and_gaps_with_blanks) {
  Shape shape = fixed_shape(Charset::iso_8859_1);
  shape.wire.line_end = LineEnd::crlf;
  MemorySink sink;
  FixedWriter writer(shape, sink);
  writer.envelope(Record(shape, Shape::root()));
  Record record(shape, shape.record());
  const auto& fields = shape.node(shape.record()).children;
  record.set(record.root(), fields[0], Value("10"));
  record.set(record.root(), fields[1], Value("René  "));
  writer.record(record);
  writer.finish();
  EXPECT_EQ(sink.bytes(), "10Ren\xE9                  \r\n");
}

}  // namespace
}  // namespace passerelle::codec
