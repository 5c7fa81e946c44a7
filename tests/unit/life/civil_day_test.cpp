#include "gateway/life/civil_day.hpp"

#include <gmock/gmock.h>

#include "gateway/codec/csv/table_rows.hpp"

namespace passerelle::life {
namespace {

constexpr auto columns = std::to_array<std::string_view>({"from", "months", "last_day", "source"});

TEST(CivilDay, delays_end_as_the_table_of_cases_says) {
  codec::TableFaults faults;
  const codec::TableRows rows(PASSERELLE_SOURCE "/tests/unit/life/delays.csv", columns, faults);
  ASSERT_THAT(faults, testing::IsEmpty());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const Day from = *parse_day(rows.text(row, "from"));
    const int months = std::stoi(rows.text(row, "months"));
    EXPECT_EQ(day_text(plus_months(from, months)), rows.text(row, "last_day")) << rows.text(row, "source");
    EXPECT_EQ(after_months(from, months) - plus_months(from, months), std::chrono::days(1));
  }
}

TEST(CivilDay, reads_whole_and_certain_days_only) {
  EXPECT_EQ(day_text(*parse_day("2028-02-29")), "2028-02-29");
  for (const char* const text : {"2027-02-29", "2028-02", "2028-02-29?", "29/02/2028", ""})
    EXPECT_FALSE(parse_day(text)) << text;
}

}  // namespace
}  // namespace passerelle::life
