#include "gateway/model/luhn.hpp"

#include <gtest/gtest.h>

namespace passerelle::model {
namespace {

TEST(Luhn, doubles_every_second_digit_from_the_end) {
  static_assert(has_luhn_key("18") && has_luhn_key("79927398713") && has_luhn_key("0"));
  static_assert(!has_luhn_key("81") && !has_luhn_key("79927398710") && !has_luhn_key("1"));
  static_assert(digit_sum("35600000000001") == 15);
}

}  // namespace
}  // namespace passerelle::model
