#include "gateway/model/pays_cog.hpp"

#include <gtest/gtest.h>
#include <string_view>

namespace passerelle::model {
namespace {

TEST(PaysCog, is_99_and_three_digits) {
  EXPECT_EQ(PaysCog::parse("99352")->text(), "99352");
  for (const std::string_view text : {"", "99000", "9935", "993520", "98352", "99A52", "75056", "FR"})
    EXPECT_EQ(check_pays_cog(text), FaultCode::value_country) << text;
}

}  // namespace
}  // namespace passerelle::model
