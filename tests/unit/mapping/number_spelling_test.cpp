#include "gateway/mapping/number_spelling.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::mapping {
namespace {

using testing::Optional;

TEST(NumberSpelling, a_decimal_mark_is_a_point_of_the_pivot) {
  EXPECT_THAT(read_decimal(',', "1234,5"), Optional(std::string("1234.5")));
  EXPECT_THAT(read_decimal(',', "850"), Optional(std::string("850")));
  EXPECT_EQ(write_decimal(',', 0, "1234.50").text, "1234,50");
  EXPECT_EQ(write_decimal(',', 0, "850").text, "850");
}

TEST(NumberSpelling, decimals_that_are_always_written_are_filled_with_zeros) {
  EXPECT_EQ(write_decimal(',', 2, "850").text, "850,00");
  EXPECT_EQ(write_decimal(',', 2, "850.5").text, "850,50");
  EXPECT_FALSE(write_decimal(',', 2, "0.125").fits);
}

TEST(NumberSpelling, a_point_where_a_comma_is_due_is_not_read) {
  EXPECT_FALSE(read_decimal(',', "1234.5"));
  EXPECT_FALSE(read_decimal(',', ""));
}

TEST(NumberSpelling, cents_are_euros_both_ways) {
  for (const auto& [cents, euros] : std::vector<std::pair<std::string, std::string>>{
           {"000085050", "850.50"}, {"000085000", "850"}, {"000000000", "0"}, {"000000007", "0.07"}}) {
    EXPECT_THAT(read_cents(9, cents), Optional(euros));
    EXPECT_EQ(write_cents(9, euros)->text, cents);
  }
}

TEST(NumberSpelling, cents_of_another_width_or_with_a_sign_are_not_read) {
  for (const std::string_view text : {"", "85050", "0000085050", "-00085050", "0008505 0", "000850,50"}) {
    EXPECT_FALSE(read_cents(9, text)) << text;
  }
}

TEST(NumberSpelling, an_amount_wider_than_its_cents_does_not_fit) {
  EXPECT_TRUE(write_cents(9, "9999999.99")->fits);
  EXPECT_FALSE(write_cents(9, "10000000")->fits);
  EXPECT_FALSE(write_cents(9, "beaucoup"));
}

TEST(NumberSpelling, a_number_is_padded_and_loses_its_zeros_again) {
  EXPECT_THAT(read_number(3, "007"), Optional(std::string_view("7")));
  EXPECT_THAT(read_number(3, "000"), Optional(std::string_view("0")));
  EXPECT_EQ(write_number(3, "7")->text, "007");
  EXPECT_FALSE(write_number(3, "1000")->fits);
  EXPECT_FALSE(write_number(3, "-7"));
  EXPECT_FALSE(read_number(3, "7"));
  EXPECT_FALSE(read_number(3, " 07"));
}

}  // namespace
}  // namespace passerelle::mapping
