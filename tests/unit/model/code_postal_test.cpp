#include "gateway/model/code_postal.hpp"

#include <gtest/gtest.h>
#include <string_view>

namespace passerelle::model {
namespace {

TEST(CodePostal, is_five_digits_below_99000) {
  for (const std::string_view text : {"00001", "00500", "03200", "20090", "75013", "97400", "98000", "98999"})
    EXPECT_EQ(CodePostal::parse(text)->text(), text);
  for (const std::string_view text : {"", "00000", "99000", "3200", "032000", "03 200", "2A004", "F-75013"})
    EXPECT_EQ(check_code_postal(text), FaultCode::value_postcode) << text;
}

}  // namespace
}  // namespace passerelle::model
