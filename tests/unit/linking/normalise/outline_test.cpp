#include "gateway/linking/normalise/outline.hpp"

#include <gtest/gtest.h>

#include "gateway/linking/compare/string_distance.hpp"
#include "gateway/linking/generate/random.hpp"

namespace passerelle::linking {
namespace {

std::string random_text(Random& random, char first, std::size_t letters) {
  std::string text;
  for (std::size_t size = random.below(12); size > 0; --size) {
    text.push_back(static_cast<char>(static_cast<std::size_t>(first) + random.below(letters)));
  }
  return text;
}

TEST(Outline, bounds_of_words_are_never_wrongly_false) {
  Random random(3);
  for (int i = 0; i < 20000; ++i) {
    const std::string a = random_text(random, 'a', 4);
    const std::string b = random_text(random, 'a', 4);
    const Outline left = outline_of_words(a);
    const Outline right = outline_of_words(b);
    for (const std::size_t most : {1U, 2U, 3U}) {
      ASSERT_TRUE(edit_distance(a, b) > most || may_be_within(left, right, most)) << a << ' ' << b;
    }
    ASSERT_TRUE(jaro_winkler(a, b) < 0.8 || may_be_like(left, right, 0.8)) << a << ' ' << b;
    ASSERT_TRUE(a.find(b) == std::string::npos || may_be_part(right, left, 0)) << a << ' ' << b;
  }
}

TEST(Outline, bounds_of_codes_are_never_wrongly_false) {
  Random random(4);
  for (int i = 0; i < 20000; ++i) {
    const std::string a = random_text(random, '0', 10);
    const std::string b = random_text(random, '0', 10);
    for (const std::size_t most : {1U, 2U, 3U}) {
      ASSERT_TRUE(edit_distance(a, b) > most ||
                  codes_may_be_within(outline_of_code(a), outline_of_code(b), most))
          << a << ' ' << b;
    }
  }
}

TEST(Outline, tells_unlike_texts_apart_unread) {
  EXPECT_FALSE(may_be_within(outline_of_words("martin"), outline_of_words("dupond"), 2));
  EXPECT_FALSE(codes_may_be_within(outline_of_code("0612345679"), outline_of_code("0699999999"), 2));
  EXPECT_EQ(tally_of(std::string(40, '7')) >> 28U, 15U) << "a count stays in its four bits";
}

}  // namespace
}  // namespace passerelle::linking
