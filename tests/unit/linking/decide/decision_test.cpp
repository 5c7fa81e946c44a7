#include "gateway/linking/decide/decision.hpp"

#include <gtest/gtest.h>

namespace passerelle::linking {
namespace {

const std::vector<Comparison> comparisons{{Kind::first_name, Family::words, "p", {0}, {}},
                                          {Kind::date, Family::date, "d", {1}, {}},
                                          {Kind::nir, Family::digits, "n", {2}, {}}};

Guard guard(Level first_name, Level date, Level nir) {
  const Pattern pattern = with_level(with_level(with_level(0, 0, first_name), 1, date), 2, nir);
  return guard_of({}, comparisons, {0, 1}, pattern);
}

TEST(Guard, stands_between_those_who_only_look_alike) {
  EXPECT_EQ(guard(words_level::exact, date_level::exact, 0), Guard::none);
  EXPECT_EQ(guard(words_level::differs, date_level::exact, 0), Guard::other_first_name) << "twins";
  EXPECT_EQ(guard(words_level::exact, date_level::far, 0), Guard::other_date) << "father and son";
  EXPECT_EQ(guard(words_level::exact, date_level::exact, digits_level::differs), Guard::other_number);
  EXPECT_EQ(guard(0, 0, 0), Guard::too_little);
}

TEST(Guard, is_lifted_by_a_number_only_when_name_or_date_agrees_too) {
  EXPECT_EQ(guard(words_level::differs, date_level::exact, digits_level::exact), Guard::none);
  EXPECT_EQ(guard(words_level::exact, date_level::far, digits_level::exact), Guard::none);
  EXPECT_EQ(guard(words_level::differs, date_level::far, digits_level::exact), Guard::other_first_name);
  EXPECT_EQ(guard(0, date_level::far, digits_level::exact), Guard::other_date);
  EXPECT_EQ(guard(0, 0, digits_level::exact), Guard::too_little) << "a number is never the only proof";
}

TEST(Decide, has_three_zones_and_never_decides_against_a_guard) {
  const Settings settings;
  EXPECT_EQ(decide(settings, Guard::none, 10), Decision::same);
  EXPECT_EQ(decide(settings, Guard::other_date, 10), Decision::review);
  EXPECT_EQ(decide(settings, Guard::same_demande, 10), Decision::different);
  EXPECT_EQ(decide(settings, Guard::none, 0), Decision::review);
  EXPECT_EQ(decide(settings, Guard::none, -3), Decision::different);
}

}  // namespace
}  // namespace passerelle::linking
