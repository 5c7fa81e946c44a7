#include "gateway/codec/xml/tag_guard.hpp"

#include <gtest/gtest.h>
#include <string>

#include "gateway/codec/limits.hpp"

namespace passerelle::codec {
namespace {

/// How many bytes pass when the document comes in blocks of that size.
std::size_t passed(const std::string& document, std::size_t block) {
  TagGuard guard;
  std::size_t total = 0;
  for (std::size_t at = 0; at < document.size(); at += block) {
    const std::string_view piece = std::string_view(document).substr(at, block);
    const std::size_t here = guard.pass(piece);
    total += here;
    if (here < piece.size()) return total;
  }
  return total;
}

class TagGuardBlocks : public testing::TestWithParam<std::size_t> {};

TEST_P(TagGuardBlocks, passes_a_tag_of_the_limit_and_stops_the_next_byte) {
  const std::string before = "<r>text</r> ";
  const std::string most = "<a " + std::string(limits::tag_bytes - 4, 'x') + ">";
  EXPECT_EQ(passed(before + most + "<b/>", GetParam()), before.size() + most.size() + 4);
  const std::string over = "<a " + std::string(limits::tag_bytes - 3, 'x') + ">";
  const std::size_t stopped = passed(before + over + "<b/>", GetParam());
  EXPECT_LE(stopped, before.size() + limits::tag_bytes);
}

TEST_P(TagGuardBlocks, is_not_deceived_by_angles_in_quotes) {
  std::string tag = "<a";
  while (tag.size() < 2 * limits::tag_bytes) tag += " b=\"'>\" c='\">'";
  EXPECT_LE(passed("<r>" + tag, GetParam()), 3 + limits::tag_bytes);
}

TEST_P(TagGuardBlocks, lets_long_text_pass) {
  const std::string text = "<r>" + std::string(5 * limits::tag_bytes, '"') + "</r>";
  EXPECT_EQ(passed(text, GetParam()), text.size());
}

INSTANTIATE_TEST_SUITE_P(, TagGuardBlocks, testing::Values(1U, 7U, 4000U, TagGuard::block_bytes));

TEST(TagGuard, tells_where_the_long_tag_begins) {
  TagGuard guard;
  guard.pass("<r>\n");
  guard.pass("<a ");
  const std::string block(TagGuard::block_bytes, 'x');
  while (guard.pass(block) == block.size()) {
  }
  EXPECT_EQ(guard.tag_start(), 4U);
}

}  // namespace
}  // namespace passerelle::codec
