#include "gateway/reports/targets.hpp"

#include <gmock/gmock.h>

namespace passerelle::reports {
namespace {

using model::CountedLease;
using testing::Contains;
using testing::Each;
using testing::Field;

const model::Date day = *model::Date::parse("2018-06-15");

/// A couple with a child of ten: 1.8 units of consumption.
Profile family(std::int64_t month_cents) {
  Profile profile;
  profile.resources_cents = month_cents;
  profile.others = {model::Date::parse("1985-01-01").value(), model::Date::parse("2008-01-01").value()};
  return profile;
}

TEST(Quartile, is_by_resources_of_a_year_over_units_of_consumption) {
  // Clermont Auvergne Métropole, 2017: 7 206 euros a year, then 915 and 1 250 euros a month.
  const QuartileAmounts clermont{7206'00, 915'00, 1250'00};
  EXPECT_EQ(quartile_of(family(1080'89), day, clermont), "1") << "below 7 206 / 12 x 1.8 = 1 080.90";
  EXPECT_EQ(quartile_of(family(1080'90), day, clermont), "2");
  EXPECT_EQ(quartile_of(family(1646'99), day, clermont), "2");
  EXPECT_EQ(quartile_of(family(1647'00), day, clermont), "3");
  EXPECT_EQ(quartile_of(family(2250'00), day, clermont), "4");
}

TEST(Quartile, says_no_more_than_is_known) {
  EXPECT_EQ(quartile_of(family(2250'00), day, {7206'00, {}, {}}), "2-4");
  EXPECT_EQ(quartile_of(family(2250'00), day, {}), std::nullopt);
  EXPECT_EQ(quartile_of(Profile{}, day, {7206'00, {}, {}}), std::nullopt);
}

/// Clermont Auvergne Métropole, convention of 2019: 3 241 leases outside the districts, 424 of them to the
/// first quartile, 577 inside.
const std::vector<CountedLease> clermont = {
    {{.commune = "63113", .bailleur = "732829320", .qpv = false, .quartile = "1"}, 400},
    {{.commune = "63113", .qpv = false, .quartile = "3", .renewal = true}, 24},
    {{.commune = "63113", .qpv = false, .quartile = "2-4"}, 2817},
    {{.commune = "63014", .qpv = true, .quartile = "1"}, 577},
    {{.qpv = std::nullopt, .quartile = "1"}, 5}};

TEST(Targets, count_the_first_quartile_and_urban_renewal_outside_the_districts) {
  const auto lines = target_lines(clermont, {{"63113", "23"}});
  EXPECT_THAT(lines, Contains(Line{"leases", "total", "", "3823"}));
  EXPECT_THAT(lines, Contains(Line{"leases_outside_qpv", "total", "", "3241"}));
  EXPECT_THAT(lines, Contains(Line{"first_quartile_outside_qpv", "total", "", "424"}));
  EXPECT_THAT(lines, Contains(Line{"share_outside_qpv", "total", "", "13.1"}));
  EXPECT_THAT(lines, Contains(Line{"leases", "quartile", "1", "982"}));
  EXPECT_THAT(lines, Contains(Line{"target_outside_qpv", "commune", "63113", "23"}));
  EXPECT_THAT(lines, Contains(Line{"share_outside_qpv", "commune", "63014", "-"})) << "of none";
  EXPECT_THAT(lines, Contains(Line{"leases", "commune", "unknown", "5"}));
  EXPECT_THAT(lines, Contains(Line{"share_outside_qpv", "bailleur", "732829320", "100.0"}));
}

TEST(Targets, of_small_numbers_are_secret_to_everyone_else) {
  const auto open = target_lines_for_everyone(clermont, 11);
  EXPECT_EQ(open.size(), 4U) << "totals alone";
  EXPECT_THAT(open, Contains(Line{"share_outside_qpv", "total", "", "13.1"}));
  EXPECT_THAT(target_lines_for_everyone(clermont, 425), Each(Field(&Line::figure, "secret")));
  const std::vector<CountedLease> all_but_three = {
      {{.qpv = false, .quartile = "1"}, 50}, {{.qpv = false, .quartile = "2"}, 3}, {{.qpv = true}, 50}};
  EXPECT_THAT(target_lines_for_everyone(all_but_three, 11), Each(Field(&Line::figure, "secret")))
      << "the three that are left would be told";
}

}  // namespace
}  // namespace passerelle::reports
