#include "gateway/model/guichet.hpp"

#include <gtest/gtest.h>
#include <string_view>

namespace passerelle::model {
namespace {

TEST(Guichet, is_g_and_four_digits_or_the_public_portal) {
  for (const std::string_view text : {"G0000", "G4821", "GDPUB"}) {
    const auto guichet = Guichet::parse(text);
    ASSERT_TRUE(guichet) << text;
    EXPECT_EQ(guichet->text(), text);
  }
  EXPECT_TRUE(Guichet::parse("GDPUB")->is_public_portal());
  EXPECT_FALSE(Guichet::parse("G4821")->is_public_portal());
}

TEST(Guichet, refuses_any_other_form) {
  for (const std::string_view text :
       {"", "G", "G482", "G48210", "g4821", "gdpub", "GDPUC", "GDPUB ", "14821", "G48 1"})
    EXPECT_EQ(check_guichet(text), FaultCode::value_guichet) << text;
}

}  // namespace
}  // namespace passerelle::model
