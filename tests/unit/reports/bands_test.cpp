#include "gateway/reports/bands.hpp"

#include <gmock/gmock.h>

namespace passerelle::reports {
namespace {

using model::Bands;
using model::Date;

Date day(const char* text) {
  return *Date::parse(text);
}

Profile profile() {
  return {.born = day("1990-12-25"),
          .commune = "63113",
          .typologie = "t3",
          .housing = "locataireHlm",
          .persons = 3,
          .resources_cents = 1800'00,
          .others = {day("1991-01-01"), day("2020-06-15")}};
}

TEST(Bands, are_those_of_a_day) {
  EXPECT_EQ(bands_of(profile(), day("2026-01-15")),
            (Bands{"63113", "30-44", std::int16_t{3}, "t3", "1000-1499", "locataireHlm"}));
}

TEST(Bands, of_age_change_on_a_birthday) {
  const struct {
    const char* on;
    const char* age;
  } cases[] = {{"2005-12-24", ""},      {"2005-12-25", "15-29"}, {"2020-12-24", "15-29"},
               {"2020-12-25", "30-44"}, {"2035-12-25", "45-59"}, {"2050-12-25", "60-74"},
               {"2065-12-24", "60-74"}, {"2065-12-25", "75+"}};
  for (const auto& [on, age] : cases) EXPECT_EQ(bands_of(profile(), day(on)).age.value_or(""), age) << on;
}

TEST(Bands, of_a_household_end_at_six) {
  Profile large = profile();
  large.persons = 9;
  EXPECT_EQ(bands_of(large, day("2026-01-15")).household, 6);
}

TEST(Bands, of_resources_are_of_a_month_and_of_a_unit_of_consumption) {
  EXPECT_EQ(consumption_tenths(profile(), day("2026-01-15")), 18) << "1 + 0.5 + 0.3";
  EXPECT_EQ(consumption_tenths(profile(), day("2034-06-15")), 20) << "a child of 14";
  Profile unknown = profile();
  unknown.others.emplace_back();
  EXPECT_EQ(consumption_tenths(unknown, day("2026-01-15")), 23) << "of unknown age: 0.5";
  const struct {
    std::int64_t cents;
    const char* band;
  } cases[] = {{0, "0000-0499"},       {899'99, "0000-0499"},  {900'00, "0500-0999"},
               {1800'00, "1000-1499"}, {3599'99, "1500-1999"}, {3600'00, "2000+"}};
  for (const auto& [cents, band] : cases) {
    Profile earning = profile();
    earning.resources_cents = cents;
    EXPECT_EQ(bands_of(earning, day("2026-01-15")).resources, band) << cents;
  }
}

TEST(Bands, say_nothing_of_what_was_not_said) {
  EXPECT_EQ(bands_of({}, day("2026-01-15")), Bands{});
}

TEST(Bands, are_read_back_as_they_were_written) {
  for (const Bands& bands : {bands_of(profile(), day("2026-01-15")), Bands{}, Bands{.commune = "2A004"}})
    EXPECT_EQ(parse_bands(bands_text(bands)), bands);
  for (const char* const text : {"", "63113", "||||||", "||x|||", "||12|||"})
    EXPECT_FALSE(parse_bands(text)) << text;
}

}  // namespace
}  // namespace passerelle::reports
