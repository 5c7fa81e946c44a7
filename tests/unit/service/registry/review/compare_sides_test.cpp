#include "gateway/service/registry/review/compare_sides.hpp"

#include <gtest/gtest.h>

namespace passerelle::service {
namespace {

TEST(CompareTexts, tells_spelling_from_slips_and_slips_from_others) {
  EXPECT_EQ(compare_texts("Le Goff", "Le Goff"), Likeness::same);
  EXPECT_EQ(compare_texts("LE-GOFF", "Le Goff"), Likeness::spelt);
  EXPECT_EQ(compare_texts("Durand", "Durant"), Likeness::near);
  EXPECT_EQ(compare_texts("Jean", "Jean Luc"), Likeness::near);
  EXPECT_EQ(compare_texts("Léa", "Lou"), Likeness::differs) << "too short to be a slip";
  EXPECT_EQ(compare_texts("Durand", "Martin"), Likeness::differs);
  EXPECT_EQ(compare_texts("", "Martin"), Likeness::unknown);
}

TEST(CompareTexts, is_the_same_from_both_sides) {
  for (const std::string_view one : {"Durand", "durant", "Le Goff", ""})
    for (const std::string_view two : {"Durand", "LEGOFF", "Martin"})
      EXPECT_EQ(compare_texts(one, two), compare_texts(two, one));
}

TEST(CompareDates, finds_near_what_was_turned_round_or_has_one_part_wrong) {
  EXPECT_EQ(compare_dates("1990-03-01", "1990-03-01"), Likeness::same);
  EXPECT_EQ(compare_dates("1990-03-01", "1990-01-03"), Likeness::near);
  EXPECT_EQ(compare_dates("1990-03-01", "1991-03-01"), Likeness::near);
  EXPECT_EQ(compare_dates("1990-03-01", "1991-04-01"), Likeness::differs);
  EXPECT_EQ(compare_dates("1990", "1990-04-01"), Likeness::differs);
  EXPECT_EQ(compare_dates("1990-03-01", ""), Likeness::unknown);
}

}  // namespace
}  // namespace passerelle::service
