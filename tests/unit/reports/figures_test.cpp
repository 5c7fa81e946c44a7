#include "gateway/reports/figures.hpp"

#include <gmock/gmock.h>

namespace passerelle::reports {
namespace {

using model::Bands;
using model::CountedFact;
using model::Fact;

const Bands clermont = {.commune = "63113", .typologie = "t2"};
const Bands riom = {.commune = "63300", .typologie = "t2"};

CountedFact counted(bool of_the_year, Fact fact, std::int64_t count = 1) {
  return {of_the_year, std::move(fact), count};
}
Fact fact(const std::string& kind, const Bands& bands, std::int16_t motion) {
  return {.month = {}, .kind = kind, .bands = bands, .motion = motion};
}
Fact radiation(const std::string& kind, const std::string& motive, std::int16_t motion) {
  Fact made = fact(kind, clermont, motion);
  made.motive = motive;
  return made;
}

TEST(Figures, follow_the_stock_from_facts_alone) {
  const std::vector<CountedFact> facts = {counted(false, fact("registration", clermont, 1), 5),
                                          counted(false, fact("withdrawn", clermont, -1), 2),
                                          counted(true, fact("registration", riom, 1), 3),
                                          counted(true, fact("bands_changed", clermont, -1)),
                                          counted(true, fact("bands_changed", riom, 1)),
                                          counted(true, fact("not_renewed", riom, -1))};
  const Figures figures = figures_of(facts, {});
  EXPECT_EQ(figures.at({Indicator::stock_before, By::total, ""}), 3);
  EXPECT_EQ(figures.at({Indicator::entered, By::total, ""}), 3) << "a change of bands moves nobody";
  EXPECT_EQ(figures.at({Indicator::left, By::total, ""}), 1);
  EXPECT_EQ(figures.at({Indicator::stock, By::total, ""}), 5);
  EXPECT_EQ(figures.at({Indicator::stock, By::commune, "63113"}), 2);
  EXPECT_EQ(figures.at({Indicator::stock, By::commune, "63300"}), 3);
  EXPECT_EQ(figures.at({Indicator::stock, By::age, "unknown"}), 5);
  EXPECT_EQ(figures.at({Indicator::filings, By::total, ""}), 3) << "those of the year";
}

TEST(Figures, tell_a_radiation_from_one_that_is_taken_back) {
  const std::vector<CountedFact> facts = {
      counted(true, radiation("not_renewed", "nonRenouvellement", -1), 4),
      counted(true, radiation("radiation_undone", "nonRenouvellement", 1), 3)};
  const Figures figures = figures_of(facts, {});
  EXPECT_EQ(figures.at({Indicator::radiations, By::motive, "nonRenouvellement"}), 4);
  EXPECT_EQ(figures.at({Indicator::radiations_undone, By::motive, "nonRenouvellement"}), 3);
  EXPECT_EQ(figures.at({Indicator::stock, By::total, ""}), -1) << "what entered is missing here";
}

TEST(Figures, add_up_the_months_before_leases) {
  Fact lease = radiation("housed", "attribution", -1);
  lease.delay = 7;
  Fact at_once = lease;
  at_once.delay = 0;
  Fact means = radiation("housed", "attribution", -1);
  means.bands = {.resources = "0500-0999"};
  const std::vector<CountedFact> facts = {counted(true, lease, 2), counted(true, at_once)};
  const std::vector<CountedFact> all_means = {counted(true, means, 3)};
  const Figures figures = figures_of(facts, all_means);
  EXPECT_EQ(figures.at({Indicator::attributions, By::commune, "63113"}), 3);
  EXPECT_EQ(figures.at({Indicator::delay_months, By::total, ""}), 14);
  EXPECT_EQ(figures.at({Indicator::attributions, By::resources, "0500-0999"}), 3);
  EXPECT_EQ(figures.at({Indicator::attributions, By::housing, "unknown"}), 3);
}

TEST(Figures, keep_no_cell_of_nothing) {
  const std::vector<CountedFact> facts = {counted(false, fact("registration", clermont, 1)),
                                          counted(true, fact("withdrawn", clermont, -1))};
  const Figures figures = figures_of(facts, {});
  for (const auto& [cell, count] : figures.cells()) {
    EXPECT_NE(cell.indicator, Indicator::stock);
    EXPECT_NE(count, 0);
  }
}

}  // namespace
}  // namespace passerelle::reports
