#include "gateway/codec/csv/csv_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::codec {
namespace {

using testing::ElementsAre;

TEST(CsvRows, gives_quoted_fields_without_their_quotes) {
  CsvRows rows("a,\"b \"\"c\"\", d\",\n\"x\ny\",z\r\n\r\nlast");
  EXPECT_THAT(*rows.next(), ElementsAre("a", "b \"c\", d", ""));
  EXPECT_THAT(*rows.next(), ElementsAre("x\ny", "z"));
  EXPECT_EQ(rows.line(), 2U);
  EXPECT_THAT(*rows.next(), ElementsAre("last"));
  EXPECT_EQ(rows.line(), 5U);
  EXPECT_EQ(rows.next(), nullptr);
}

TEST(CsvRows, tells_a_quote_that_is_never_closed) {
  CsvRows rows("a;\"b;c\nd", ';');
  EXPECT_THAT(*rows.next(), ElementsAre("a", "b;c\nd"));
  EXPECT_TRUE(rows.unclosed_quote());
}

TEST(CsvTable, reads_cells_by_column_and_fills_short_rows) {
  const CsvTable table(
      "\xEF\xBB\xBF"
      "code,label,until\nM,Conjoint\n");
  EXPECT_EQ(table.size(), 1U);
  EXPECT_EQ(table.cell(0, "label"), "Conjoint");
  EXPECT_EQ(table.cell(0, "until"), "");
  EXPECT_EQ(table.cell(0, "no such column"), "");
  EXPECT_EQ(table.line(0), 2U);
}

}  // namespace
}  // namespace passerelle::codec
