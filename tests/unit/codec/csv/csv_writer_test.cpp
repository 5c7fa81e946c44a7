#include "gateway/codec/csv/csv_writer.hpp"

#include <gtest/gtest.h>

#include "tests/unit/codec/table_shape.hpp"

namespace passerelle::codec {
namespace {

std::string written(const Shape& shape, std::string_view nom, std::string_view ville) {
  MemorySink sink;
  CsvWriter writer(shape, sink);
  writer.envelope(Record(shape, Shape::root()));
  Record record(shape, shape.record());
  const auto& columns = shape.node(shape.record()).children;
  record.set(record.root(), columns[0], Value(nom));
  if (!ville.empty()) record.set(record.root(), columns[1], Value(ville));
  writer.record(record);
  writer.finish();
  return sink.bytes();
}

TEST(CsvWriter, quotes_only_what_a_reader_would_misread) {
  EXPECT_EQ(written(csv_shape(), "a;b", "c\"d"), "NOM;VILLE;NAISSANCE\n\"a;b\";\"c\"\"d\";\n");
  EXPECT_EQ(written(csv_shape(), "a\nb", "c,d"), "NOM;VILLE;NAISSANCE\n\"a\nb\";c,d;\n");
}

TEST(CsvWriter, quotes_every_cell_when_asked) {
  EXPECT_EQ(written(csv_shape(Charset::utf_8, Quoting::always), "a", ""),
            "\"NOM\";\"VILLE\";\"NAISSANCE\"\n\"a\";\"\";\"\"\n");
}

TEST(CsvWriter, guards_a_value_that_looks_like_a_formula) {
  EXPECT_EQ(written(csv_shape(), "=1+1", "@x;y"), "NOM;VILLE;NAISSANCE\n'=1+1;\"'@x;y\";\n");
}

TEST(CsvWriter, writes_the_charset_the_mark_and_the_ends_of_line_of_its_form) {
  Shape shape = csv_shape(Charset::windows_1252);
  shape.wire.line_end = LineEnd::crlf;
  EXPECT_EQ(written(shape, "Nœud", "€"), "NOM;VILLE;NAISSANCE\r\nN\x9Cud;\x80;\r\n");
  Shape marked = csv_shape();
  marked.wire.byte_order_mark = true;
  EXPECT_EQ(written(marked, "a", ""), "\xEF\xBB\xBFNOM;VILLE;NAISSANCE\na;;\n");
}

}  // namespace
}  // namespace passerelle::codec
