#include "gateway/model/siren.hpp"

#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace passerelle::model {
namespace {

TEST(Siren, has_a_luhn_key) {
  for (const std::string_view text : {"732829320", "356000000"}) EXPECT_EQ(Siren::parse(text)->text(), text);
}

TEST(Siren, refuses_other_forms_and_nine_zeros) {
  for (const std::string_view text : {"", "000000000", "73282932", "7328293200", "732 829 320", "73282932A"})
    EXPECT_EQ(check_siren(text), FaultCode::value_siren) << text;
}

TEST(Siren, refuses_every_error_of_one_digit) {
  for (std::size_t at = 0; at < 9; ++at) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string wrong = "732829320";
      if (wrong[at] == digit) continue;
      wrong[at] = digit;
      EXPECT_EQ(check_siren(wrong), FaultCode::value_siren) << wrong;
    }
  }
}

}  // namespace
}  // namespace passerelle::model
