#include "gateway/linking/records/cell_table.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace passerelle::linking {
namespace {

/// Some three million bytes; a blank line and a byte order mark at the head of a cell here and there.
std::string long_text(std::string_view last_column) {
  std::string text = fmt::format("a,b,{}\n", last_column);
  for (int i = 0; i < 60'000; ++i) {
    text += fmt::format("{}{},some words that make the row longer {},{}\r\n",
                        i % 7 == 0 ? "\xEF\xBB\xBF" : "", i, i % 13, i);
    if (i % 11 == 0) text += '\n';
  }
  return text;
}

TEST(CellTable, reads_a_text_in_parts_as_it_reads_it_whole) {
  std::deque<std::string> kept;
  const std::string plain = long_text("c");
  const std::string quoted = long_text("\"c\"");  // a quote anywhere: the text is read whole
  const CellTable parts = read_cells(plain, {"c", "b", "a"}, 0, kept, serial_executor());
  const CellTable whole = read_cells(quoted, {"c", "b", "a"}, 0, kept, serial_executor());
  EXPECT_EQ(parts.rows, 60'000U);
  EXPECT_EQ(parts.rows, whole.rows);
  EXPECT_EQ(parts.columns, whole.columns);
  EXPECT_EQ(parts.lines, whole.lines);
  EXPECT_TRUE(parts.faults.empty());
}

}  // namespace
}  // namespace passerelle::linking
