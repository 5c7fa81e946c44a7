#include "gateway/codec/xml/line_index.hpp"

#include <gtest/gtest.h>

namespace passerelle::codec {
namespace {

using model::Position;

TEST(LineIndex, counts_lines_and_columns_from_one) {
  LineIndex lines;
  lines.read("ab\n", false);
  lines.read("\nc", false);
  EXPECT_EQ(lines.position(0), (Position{1, 1}));
  EXPECT_EQ(lines.position(2), (Position{1, 3}));
  EXPECT_EQ(lines.position(3), (Position{2, 1}));
  EXPECT_EQ(lines.position(4), (Position{3, 1}));
  EXPECT_EQ(lines.position(5), (Position{3, 2}));
}

TEST(LineIndex, counts_bytes_of_the_source_when_those_were_one_a_character) {
  LineIndex lines;
  lines.read("é€\né", true);
  EXPECT_EQ(lines.position(2), (Position{1, 2}));
  EXPECT_EQ(lines.position(5), (Position{1, 3}));
  EXPECT_EQ(lines.position(6), (Position{2, 1}));
  EXPECT_EQ(lines.position(8), (Position{2, 2}));
}

TEST(LineIndex, forgets_without_losing_count) {
  LineIndex lines;
  lines.read("a\nb\nc\n", false);
  lines.forget_before(3);
  EXPECT_EQ(lines.position(4), (Position{3, 1}));
}

}  // namespace
}  // namespace passerelle::codec
