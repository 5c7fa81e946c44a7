#include "gateway/reports/year_report.hpp"

#include <gmock/gmock.h>

namespace passerelle::reports {
namespace {

using testing::Contains;
using testing::Each;
using testing::Field;
using testing::Not;

const model::Bands clermont = {
    .commune = "63113", .age = "30-44", .household = std::int16_t{2}, .typologie = "t2"};
const model::Bands riom = {
    .commune = "63300", .age = "30-44", .household = std::int16_t{2}, .typologie = "t3"};

/// 30 wait and 10 were housed in the one commune, 3 wait in the other.
Figures figures() {
  Figures made;
  made.count(Indicator::stock, clermont, 30);
  made.count(Indicator::stock, riom, 3);
  made.count(Indicator::attributions, clermont, 10);
  made.count(Indicator::delay_months, clermont, 145);
  made.count_motive(Indicator::radiations, "attribution", 10);
  return made;
}

TEST(YearReport, divides_who_waits_by_who_was_housed) {
  const auto lines = lines_for_actors(figures());
  EXPECT_THAT(lines, Contains(Line{"pressure", "total", "", "3.3"}));
  EXPECT_THAT(lines, Contains(Line{"pressure", "commune", "63113", "3.0"}))
      << "domain of statistics: 30 / 10 = 3";
  EXPECT_THAT(lines, Contains(Line{"pressure", "commune", "63300", "-"})) << "nobody was housed";
  EXPECT_THAT(lines, Contains(Line{"pressure", "typologie", "t2", "3.0"}));
  EXPECT_THAT(lines, Contains(Line{"delay", "total", "", "14.5"}));
  EXPECT_THAT(lines, Contains(Line{"delay", "commune", "63300", "-"}));
}

TEST(YearReport, prints_what_was_published) {
  Figures vichy;
  vichy.count(Indicator::stock, clermont, 1694);
  vichy.count(Indicator::attributions, clermont, 527);
  EXPECT_THAT(lines_for_actors(vichy), Contains(Line{"pressure", "total", "", "3.2"}));
}

TEST(YearReport, prints_a_total_of_nothing) {
  const auto lines = lines_for_actors({});
  EXPECT_EQ(lines.front(), (Line{"stock_before", "total", "", "0"}));
  EXPECT_THAT(lines, Contains(Line{"pressure", "total", "", "-"}));
}

TEST(YearReport, has_its_lines_in_one_order) {
  std::vector<std::string> tables;
  for (const Line& line : lines_for_actors(figures())) {
    std::string table = line.indicator + " " + line.by;
    if (tables.empty() || tables.back() != table) tables.push_back(std::move(table));
  }
  EXPECT_THAT(tables,
              testing::ElementsAre(
                  "stock_before total", "entered total", "left total", "stock total", "stock commune",
                  "stock typologie", "stock age", "stock household", "filings total", "renewals total",
                  "reactivations total", "radiations total", "radiations motive", "radiations_undone total",
                  "attributions total", "attributions commune", "attributions typologie", "attributions age",
                  "attributions household", "pressure total", "pressure commune", "pressure typologie",
                  "delay total", "delay commune", "delay typologie"));
}

TEST(YearReport, for_everyone_hides_each_ratio_of_a_hidden_figure) {
  const auto lines = lines_for_everyone(figures(), 11);
  EXPECT_THAT(lines, Contains(Line{"stock", "total", "", "33"}));
  EXPECT_THAT(lines, Contains(Line{"stock", "commune", "63300", "secret"}));
  EXPECT_THAT(lines, Contains(Line{"stock", "commune", "63113", "secret"})) << "it would give the other away";
  EXPECT_THAT(lines, Contains(Line{"attributions", "total", "", "secret"})) << "10 of 11";
  for (const char* const ratio : {"pressure", "delay"})
    EXPECT_THAT(lines, Contains(Line{ratio, "total", "", "secret"}));
  for (const char* const inner : {"stock_before", "entered", "left"})
    EXPECT_THAT(lines, Each(Field(&Line::indicator, Not(inner))));
  EXPECT_THAT(
      lines, Not(Contains(testing::AllOf(Field(&Line::indicator, "radiations"), Field(&Line::by, "total")))));
}

}  // namespace
}  // namespace passerelle::reports
