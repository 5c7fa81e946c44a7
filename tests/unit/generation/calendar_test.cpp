#include "gateway/generation/calendar.hpp"

#include <gtest/gtest.h>

namespace passerelle::generation {
namespace {

Day day(std::string_view text) {
  return parse_day(text).value();
}

TEST(Calendar, reads_and_writes_only_days_that_exist) {
  EXPECT_EQ(text_of(day("2024-02-29")), "2024-02-29");
  EXPECT_EQ(instant_of(day("1960-01-01"), 7384), "1960-01-01T02:03:04");
  for (const std::string_view wrong : {"", "2023-02-29", "2024-02", "2024", "2024-01-01?", "01/02/2024"}) {
    EXPECT_FALSE(parse_day(wrong)) << wrong;
  }
}

TEST(Calendar, moves_29_february_to_the_28th) {
  EXPECT_EQ(text_of(years_from(day("2024-02-29"), 1)), "2025-02-28");
  EXPECT_EQ(text_of(years_from(day("2024-02-29"), -4)), "2020-02-29");
}

TEST(Calendar, counts_full_years_of_age) {
  EXPECT_EQ(age(day("2000-06-15"), day("2026-06-14")), 25);
  EXPECT_EQ(age(day("2000-06-15"), day("2026-06-15")), 26);
}

TEST(Calendar, draws_a_birth_of_the_age_asked_for) {
  Dice dice(1);
  for (int years = 0; years < 100; ++years) {
    EXPECT_EQ(age(draw_birth(years, day("2026-01-01"), dice), day("2026-01-01")), years);
  }
}

}  // namespace
}  // namespace passerelle::generation
