#include "gateway/mapping/table_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::mapping {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(TableText, splits_directives_lines_and_comments) {
  TableFaults faults;
  const TableText table =
      split_table("# comment\nschema sne/02.01/CRE.xsd\n\na | b | 1 | copy | = | park | -\n", "t", faults);
  EXPECT_THAT(faults, IsEmpty());
  EXPECT_EQ(table.value("schema"), "sne/02.01/CRE.xsd");
  EXPECT_EQ(table.value("title"), "");
  ASSERT_EQ(table.lines.size(), 1U);
  EXPECT_THAT(table.lines[0].cells, ElementsAre("a", "b", "1", "copy", "=", "park", "-"));
  EXPECT_EQ(table.lines[0].line, 4U);
}

TEST(TableText, keeps_a_bar_that_stands_between_quotes) {
  TableFaults faults;
  const TableText table = split_table("- | a | 1 | const(\"x|y\") | = | park | -", "t", faults);
  EXPECT_THAT(faults, IsEmpty());
  EXPECT_EQ(table.lines[0].cells[3], "const(\"x|y\")");
}

TEST(TableText, reports_a_line_with_a_missing_column) {
  TableFaults faults;
  const TableText table = split_table("\na | b | 1 | copy | = | -\n", "sne/a.table", faults);
  EXPECT_THAT(table.lines, IsEmpty());
  EXPECT_THAT(faults, ElementsAre(TableFault{"sne/a.table", 2, "6 colonnes, 7 attendues"}));
}

}  // namespace
}  // namespace passerelle::mapping
