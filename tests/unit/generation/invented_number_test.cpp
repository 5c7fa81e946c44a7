#include "gateway/generation/invented_number.hpp"

#include <gtest/gtest.h>

#include "gateway/model/nir.hpp"
#include "gateway/model/siren.hpp"
#include "gateway/model/siret.hpp"

namespace passerelle::generation {
namespace {

TEST(InventedNumber, nirs_have_the_right_key_in_corsica_too) {
  for (const std::string_view body : {"1860463113000", "285022A004123", "285022B033123", "1990199352001"}) {
    EXPECT_EQ(model::check_nir(with_nir_key(body)), std::nullopt) << body;
  }
}

TEST(InventedNumber, sirens_and_sirets_have_the_right_key) {
  Dice dice(7);
  for (int n = 0; n < 200; ++n) {
    const std::string siren = draw_siren(dice);
    EXPECT_EQ(model::check_siren(siren), std::nullopt) << siren;
    const std::string siret = draw_siret(siren, dice);
    EXPECT_EQ(model::check_siret(siret), std::nullopt) << siret;
    EXPECT_TRUE(siret.starts_with(siren));
  }
}

}  // namespace
}  // namespace passerelle::generation
