#include "gateway/model/numero_unique.hpp"

#include <gtest/gtest.h>
#include <string_view>

namespace passerelle::model {
namespace {

TEST(NumeroUnique, keeps_its_text_and_tells_its_scheme) {
  const auto numero = NumeroUnique::parse("999071900001G4821");
  EXPECT_FALSE(numero) << "17 characters";
  const auto whole = NumeroUnique::parse("9990719000017G4821");
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->text().reveal(), "9990719000017G4821");
  EXPECT_EQ(whole->scheme(), NumeroScheme::departmental);
  EXPECT_EQ(whole->territory(), "999");
  EXPECT_EQ(whole->first_guichet().text(), "G4821");
}

TEST(NumeroUnique, may_come_from_the_public_portal) {
  EXPECT_TRUE(NumeroUnique::parse("9991225123456GDPUB")->first_guichet().is_public_portal());
}

TEST(NumeroUnique, refuses_what_no_scheme_can_have_given) {
  for (const std::string_view text : {"", "9990719000017G48211", "9990019000017G4821", "9991319000017G4821",
                                      "99A0719000017G4821", "9990719000017X4821", "9990719 00017G4821",
                                      "9990719000017g4821", "99907190000174821", "000000000000000000"})
    EXPECT_EQ(check_numero_unique(text), FaultCode::value_numero_unique) << text;
}

}  // namespace
}  // namespace passerelle::model
