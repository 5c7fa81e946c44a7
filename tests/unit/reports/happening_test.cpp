#include "gateway/reports/happening.hpp"

#include <gmock/gmock.h>

namespace passerelle::reports {
namespace {

using model::Bands;
using model::Fact;
using testing::ElementsAre;

const Bands small = {.commune = "63113", .household = std::int16_t{1}};
const Bands large = {.commune = "63113", .household = std::int16_t{2}};

Happening happening(const std::string& kind) {
  return {.kind = kind, .day = "2026-03-14", .deposited_on = "2024-12-24"};
}

Fact fact(const std::string& kind, const Bands& bands, std::int16_t motion) {
  return {.month = "2026-03-01", .kind = kind, .bands = bands, .motion = motion};
}

TEST(Happening, enters_leaves_or_stays_in_the_stock) {
  EXPECT_THAT(facts_of(happening("registration"), {}, {true, small}),
              ElementsAre(fact("registration", small, 1)));
  EXPECT_THAT(facts_of(happening("preavis"), {true, small}, {true, small}),
              ElementsAre(fact("preavis", small, 0)));
  EXPECT_THAT(facts_of(happening("window_closed"), {false, small}, {false, small}),
              ElementsAre(fact("window_closed", small, 0)));
}

TEST(Happening, leaves_with_the_bands_with_which_it_entered) {
  EXPECT_THAT(facts_of(happening("not_renewed"), {true, small}, {false, large}),
              ElementsAre(fact("not_renewed", small, -1)));
}

TEST(Happening, leaves_one_band_and_enters_another) {
  EXPECT_THAT(facts_of(happening("renewed"), {true, small}, {true, large}),
              ElementsAre(fact("renewed", large, 0), fact("bands_changed", small, -1),
                          fact("bands_changed", large, 1)));
}

TEST(Happening, of_a_lease_says_how_long_the_household_had_waited) {
  Happening lease = happening("housed");
  lease.motive = "attribution";
  Fact left = fact("housed", small, -1);
  left.motive = "attribution";
  left.delay = 14;
  EXPECT_THAT(facts_of(lease, {true, small}, {false, small}), ElementsAre(left));
}

TEST(Happening, counts_whole_months) {
  EXPECT_EQ(months_between("2024-12-24", "2026-03-23"), 14);
  EXPECT_EQ(months_between("2024-12-24", "2026-03-24"), 15);
  EXPECT_EQ(months_between("2026-03-24", "2026-03-24"), 0);
  EXPECT_EQ(months_between("2026-03-24", "2026-01-01"), 0);
}

}  // namespace
}  // namespace passerelle::reports
