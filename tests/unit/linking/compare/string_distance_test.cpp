#include "gateway/linking/compare/string_distance.hpp"

#include <gtest/gtest.h>

#include "gateway/linking/generate/random.hpp"

namespace passerelle::linking {
namespace {

std::string random_word(Random& random, std::size_t most) {
  std::string word;
  for (std::size_t size = random.below(most + 1); size > 0; --size) {
    word.push_back(static_cast<char>('a' + random.below(4)));
  }
  return word;
}

TEST(EditDistance, counts_a_swap_of_neighbours_as_one) {
  EXPECT_EQ(edit_distance("martin", "matrin"), 1U);
  EXPECT_EQ(edit_distance("ca", "abc"), 3U) << "no part is edited twice";
  EXPECT_EQ(edit_distance("", "abc"), 3U);
}

TEST(EditDistance, bit_parallel_equals_the_table) {
  Random random(1);
  for (int i = 0; i < 20000; ++i) {
    const std::string a = random_word(random, i % 50 == 0 ? 90 : 14);
    const std::string b = random_word(random, i % 50 == 0 ? 90 : 14);
    ASSERT_EQ(edit_distance(a, b), edit_distance_by_table(a, b)) << a << ' ' << b;
    ASSERT_EQ(edit_distance(a, b), edit_distance(b, a));
  }
}

TEST(JaroWinkler, has_the_published_values) {
  EXPECT_NEAR(jaro_winkler("martha", "marhta"), 0.9611, 1e-4);
  EXPECT_NEAR(jaro_winkler("dwayne", "duane"), 0.84, 1e-4);
  EXPECT_NEAR(jaro_winkler("dixon", "dicksonx"), 0.8133, 1e-4);
  EXPECT_EQ(jaro_winkler("", "a"), 0);
}

TEST(JaroWinkler, bit_parallel_equals_the_definition) {
  Random random(2);
  for (int i = 0; i < 20000; ++i) {
    const std::string a = random_word(random, i % 50 == 0 ? 80 : 14);
    const std::string b = random_word(random, i % 50 == 0 ? 80 : 14);
    ASSERT_DOUBLE_EQ(jaro_winkler(a, b), jaro_winkler_by_definition(a, b)) << a << ' ' << b;
  }
}

}  // namespace
}  // namespace passerelle::linking
