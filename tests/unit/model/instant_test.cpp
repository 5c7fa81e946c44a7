#include "gateway/model/instant.hpp"

#include <gtest/gtest.h>
#include <string_view>

namespace passerelle::model {
namespace {

struct Case {
  std::string_view written;
  std::string_view canonical;
};

TEST(Instant, has_one_spelling_in_its_own_zone) {
  constexpr Case cases[] = {{"2024-05-01T10:00:00Z", "2024-05-01T10:00:00Z"},
                            {"2024-05-01T10:00:00+00:00", "2024-05-01T10:00:00Z"},
                            {"2024-05-01T10:00:00-00:00", "2024-05-01T10:00:00Z"},
                            {"2024-05-01T10:00:00.0+02:00", "2024-05-01T10:00:00+02:00"},
                            {"2024-05-01T10:00:00.250-04:30", "2024-05-01T10:00:00.25-04:30"},
                            {"2024-12-31T23:59:59.999999999-14:00", "2024-12-31T23:59:59.999999999-14:00"},
                            {"0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+14:00"}};
  for (const auto& [written, canonical] : cases) {
    const auto instant = Instant::parse(written);
    ASSERT_TRUE(instant) << written;
    EXPECT_EQ(instant->text(), canonical);
    EXPECT_EQ(*Instant::parse(canonical), *instant);
  }
}

TEST(Instant, is_a_point_of_time_whatever_the_zone) {
  const auto paris = Instant::parse("2024-01-01T01:00:00+01:00");
  const auto reunion = Instant::parse("2024-01-01T04:00:00+04:00");
  EXPECT_EQ(paris->utc(), reunion->utc());
  EXPECT_NE(*paris, *reunion) << "the source's zone is kept";
  EXPECT_LT(*Instant::parse("2024-01-01T04:00:00+04:00"), *Instant::parse("2024-01-01T00:00:00.1Z"));
  EXPECT_EQ(Instant::parse("1970-01-01T02:00:00+02:00")->utc().time_since_epoch().count(), 0);
  EXPECT_EQ(paris->offset(), std::chrono::minutes(60));
}

TEST(Instant, needs_a_zone_that_a_date_time_does_not) {
  EXPECT_TRUE(is_date_time("2024-05-01T10:00:00"));
  EXPECT_EQ(check_instant("2024-05-01T10:00:00"), FaultCode::value_date);
  EXPECT_TRUE(is_date_time("2024-05-01T10:00:00.1234567890Z"));
  EXPECT_EQ(check_instant("2024-05-01T10:00:00.1234567890Z"), FaultCode::value_date) << "ten decimals";
}

TEST(Instant, refuses_other_forms) {
  for (const std::string_view text :
       {"", "2024-05-01", "2024-05-01T10:00Z", "2024-05-01 10:00:00Z", "2024-05-01t10:00:00Z",
        "2024-02-30T10:00:00Z", "2024-05-01T24:00:00Z", "2024-05-01T10:60:00Z", "2024-05-01T10:00:60Z",
        "2024-05-01T10:00:00.Z", "2024-05-01T10:00:00z", "2024-05-01T10:00:00+0200", "2024-05-01T10:00:00+02",
        "2024-05-01T10:00:00+14:01", "2024-05-01T10:00:00+02:60", "2024-05-01T10:00:00 02:00",
        "2024-05-01T10.00.00Z", "2024-05-01T1x:00:00Z"}) {
    EXPECT_FALSE(is_date_time(text)) << text;
    EXPECT_EQ(check_instant(text), FaultCode::value_date) << text;
  }
}

}  // namespace
}  // namespace passerelle::model
