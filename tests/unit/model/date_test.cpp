#include "gateway/model/date.hpp"

#include <gtest/gtest.h>
#include <optional>
#include <string_view>

namespace passerelle::model {
namespace {

TEST(Date, may_be_known_only_in_part) {
  const auto day = Date::parse("1970-02-28");
  EXPECT_EQ(day->year(), 1970);
  EXPECT_EQ(day->month(), 2);
  EXPECT_EQ(day->day(), 28);
  EXPECT_TRUE(day->is_complete());
  EXPECT_EQ(Date::parse("1970-02")->day(), std::nullopt);
  EXPECT_EQ(Date::parse("1970")->month(), std::nullopt);
  EXPECT_FALSE(Date::parse("1970")->is_complete());
}

TEST(Date, keeps_the_doubt_of_its_source) {
  EXPECT_TRUE(Date::parse("1970-01-01?")->is_uncertain());
  EXPECT_FALSE(Date::parse("1970-01-01")->is_uncertain());
  EXPECT_NE(*Date::parse("1970-01-01?"), *Date::parse("1970-01-01"));
}

TEST(Date, has_one_spelling) {
  for (const std::string_view text : {"0001-01-01", "0987", "1970", "1970?", "1970-01", "1970-01?",
                                      "1970-01-01", "1970-01-01?", "9999-12-31"})
    EXPECT_EQ(Date::parse(text)->text(), text);
}

TEST(Date, follows_the_order_of_time) {
  EXPECT_LT(*Date::parse("1969-12-31"), *Date::parse("1970"));
  EXPECT_LT(*Date::parse("1970"), *Date::parse("1970-01"));
  EXPECT_LT(*Date::parse("1970-01"), *Date::parse("1970-01-01"));
  EXPECT_LT(*Date::parse("1970-01-01"), *Date::parse("1970-01-01?"));
  EXPECT_LT(*Date::parse("1970-01-01?"), *Date::parse("1970-01-02"));
}

TEST(Date, exists_in_the_calendar) {
  for (const std::string_view text : {"2000-02-29", "2024-02-29", "2023-04-30", "2023-12-31"})
    EXPECT_TRUE(is_calendar_date(text)) << text;
  for (const std::string_view text : {"1900-02-29", "2023-02-29", "2023-04-31", "2023-00-10", "2023-13-01",
                                      "2023-01-00", "2023-01-32", "0000-01-01"}) {
    EXPECT_FALSE(is_calendar_date(text)) << text;
    EXPECT_EQ(check_date(text), FaultCode::value_date) << text;
  }
  EXPECT_FALSE(is_calendar_date("1970-01"));
  EXPECT_FALSE(is_calendar_date("1970-01-01?"));
}

TEST(Date, refuses_other_forms) {
  for (const std::string_view text :
       {"", "?", "70", "01/01/1970", "1970-1-1", "1970/01/01", "1970-01-", "1970-01-01??", "1970-01-01Z",
        " 1970", "1970-01-01~", "19700101", "1970-00", "1970-13", "0000", "-970-01-01", "1970-01-0x"})
    EXPECT_EQ(check_date(text), FaultCode::value_date) << text;
}

}  // namespace
}  // namespace passerelle::model
