#include "gateway/model/rpls_id.hpp"

#include <gtest/gtest.h>
#include <string_view>

namespace passerelle::model {
namespace {

TEST(RplsId, is_ten_digits_or_capital_letters) {
  for (const std::string_view text : {"1234567890", "AB34567890"})
    EXPECT_EQ(RplsId::parse(text)->text(), text);
  for (const std::string_view text :
       {"", "0000000000", "123456789", "12345678901", "12345 7890", "ab34567890", "123456789\xC9"})
    EXPECT_EQ(check_rpls_id(text), FaultCode::value_rpls) << text;
}

}  // namespace
}  // namespace passerelle::model
