#include "gateway/policy/period.hpp"

#include <gtest/gtest.h>

namespace passerelle::policy {
namespace {

Day day(std::string_view text) {
  return parse_day(text).value();
}

TEST(Day, is_known_to_the_day) {
  EXPECT_LT(day("2025-12-31"), day("2026-01-01"));
  for (const std::string_view wrong : {"", "2026", "2026-01", "2026-01-01?", "2026-02-30"})
    EXPECT_FALSE(parse_day(wrong));
}

TEST(Period, begins_with_its_first_day_and_ends_before_its_last) {
  const Period period{day("2020-01-01"), day("2021-01-01")};
  EXPECT_FALSE(period.contains(day("2019-12-31")));
  EXPECT_TRUE(period.contains(day("2020-01-01")));
  EXPECT_TRUE(period.contains(day("2020-12-31")));
  EXPECT_FALSE(period.contains(day("2021-01-01")));
}

TEST(Period, without_bounds_holds_every_other) {
  const Period period{day("2020-01-01"), day("2021-01-01")};
  EXPECT_TRUE(Period{}.contains(period));
  EXPECT_FALSE(period.contains(Period{}));
  EXPECT_EQ(Period{}.common(period), period);
  EXPECT_TRUE(period.meets(Period{}));
  EXPECT_FALSE(period.meets({day("2021-01-01"), day("2022-01-01")}));
  EXPECT_TRUE(period.common({day("2021-01-01"), day("2022-01-01")}).empty());
}

}  // namespace
}  // namespace passerelle::policy
