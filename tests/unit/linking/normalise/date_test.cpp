#include "gateway/linking/normalise/date.hpp"

#include <gtest/gtest.h>

namespace passerelle::linking {
namespace {

TEST(ReadDate, takes_every_usual_order) {
  for (const char* text : {"1953-07-14", "14/07/1953", "19530714", "14.7.53", "14071953", "07/14/1953",
                           "1953-07-14T00:00:00", "1953/14/07"}) {
    EXPECT_EQ(read_date(text), (PartialDate{1953, 7, 14})) << text;
  }
}

TEST(ReadDate, keeps_what_is_known_of_a_partial_date) {
  EXPECT_EQ(read_date("1953"), (PartialDate{1953, 0, 0}));
  EXPECT_EQ(read_date("07/1953"), (PartialDate{1953, 7, 0}));
  EXPECT_EQ(read_date("00/00/1953"), (PartialDate{1953, 0, 0}));
  EXPECT_EQ(read_date("1953-0-0"), (PartialDate{1953, 0, 0}));
}

TEST(ReadDate, finds_no_date_without_a_year) {
  EXPECT_FALSE(read_date(""));
  EXPECT_FALSE(read_date("14/07"));
  EXPECT_FALSE(read_date("0000-00-00"));
  EXPECT_FALSE(read_date("inconnue"));
}

TEST(UncertainDate, is_what_offices_write_for_unknown) {
  EXPECT_TRUE(is_uncertain({1960, 1, 1}));
  EXPECT_TRUE(is_uncertain({1960, 12, 31}));
  EXPECT_TRUE(is_uncertain({1960, 5, 0}));
  EXPECT_FALSE(is_uncertain({1960, 5, 2}));
}

}  // namespace
}  // namespace passerelle::linking
