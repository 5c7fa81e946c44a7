#include "gateway/model/siret.hpp"

#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace passerelle::model {
namespace {

TEST(Siret, has_a_luhn_key_over_its_fourteen_digits) {
  const auto siret = Siret::parse("73282932000074");
  ASSERT_TRUE(siret);
  EXPECT_EQ(siret->text(), "73282932000074");
  EXPECT_EQ(siret->siren(), *Siren::parse("732829320"));
}

TEST(Siret, of_la_poste_may_have_a_sum_that_five_divides) {
  EXPECT_TRUE(Siret::parse("35600000000048")) << "the head office has a Luhn key";
  EXPECT_TRUE(Siret::parse("35600000000001")) << "3 + 5 + 6 + 1 = 15";
  EXPECT_FALSE(Siret::parse("35600000000002"));
  EXPECT_FALSE(Siret::parse("73282932000002")) << "the sum is 38; the rule is for La Poste alone";
  EXPECT_FALSE(Siret::parse("73282932000004")) << "the sum is 40; the rule is for La Poste alone";
}

TEST(Siret, refuses_other_forms_and_a_wrong_siren) {
  for (const std::string_view text :
       {"", "732829320", "7328293200007", "732829320000740", "732 829 320 00074", "7328293200007A",
        "00000000000000", "73282932100073"})
    EXPECT_EQ(check_siret(text), FaultCode::value_siret) << text;
}

TEST(Siret, refuses_every_error_of_one_digit) {
  for (std::size_t at = 0; at < 14; ++at) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string wrong = "73282932000074";
      if (wrong[at] == digit) continue;
      wrong[at] = digit;
      EXPECT_EQ(check_siret(wrong), FaultCode::value_siret) << wrong;
    }
  }
}

}  // namespace
}  // namespace passerelle::model
