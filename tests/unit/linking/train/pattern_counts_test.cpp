#include "gateway/linking/train/pattern_counts.hpp"

#include <gtest/gtest.h>

namespace passerelle::linking {
namespace {

TEST(CountPatterns, lets_the_pairs_compared_stand_for_all) {
  const std::vector<PatternCount> expected{{0, 2}, {0x21, 6}};
  EXPECT_EQ(count_patterns({0x21, not_compared, 0x21, 0, 0x21, not_compared, not_compared, not_compared},
                           serial_executor()),
            expected);
  EXPECT_TRUE(count_patterns({}, serial_executor()).empty());
}

}  // namespace
}  // namespace passerelle::linking
