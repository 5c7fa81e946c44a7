#include "gateway/model/commune_insee.hpp"

#include <gtest/gtest.h>
#include <string_view>

namespace passerelle::model {
namespace {

TEST(CommuneInsee, is_a_departement_and_three_digits) {
  for (const std::string_view text :
       {"01001", "95680", "2A004", "2B033", "20004", "75056", "75113", "97411", "98735"})
    EXPECT_EQ(CommuneInsee::parse(text)->text(), text);
}

TEST(CommuneInsee, refuses_any_other_form) {
  for (const std::string_view text : {"", "7505", "750560", "00001", "96001", "99100", "2a004", "2C004",
                                      "A2004", "2A0B4", "7505 ", "-5056", "7505\xB2"})
    EXPECT_EQ(check_commune_insee(text), FaultCode::value_commune) << text;
}

}  // namespace
}  // namespace passerelle::model
