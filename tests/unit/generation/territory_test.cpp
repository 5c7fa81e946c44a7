#include "gateway/generation/territory.hpp"

#include <gtest/gtest.h>
#include <map>

#include "tests/unit/generation/sample_scene.hpp"

namespace passerelle::generation {
namespace {

TEST(Territory, is_found_by_its_departement_however_it_is_named) {
  const model::Geography geography = sample_geography();
  for (const std::string_view name : {"003", "03"}) {
    EXPECT_EQ(Territory::find(geography, name).value().departement(), "03") << name;
  }
  EXPECT_EQ(Territory::find(geography, "02A").value().departement(), "2A");
  for (const std::string_view name : {"", "0", "999", "3", "00003", "63"}) {
    EXPECT_FALSE(Territory::find(geography, name)) << name;
  }
}

TEST(Territory, gives_numbers_of_three_digits) {
  const model::Geography geography = sample_geography();
  EXPECT_EQ(Territory::find(geography, "75")->number_prefix(), "075");
  EXPECT_EQ(Territory::find(geography, "02A")->number_prefix(), "020");
  EXPECT_EQ(Territory::find(geography, "02B")->number_prefix(), "020");
}

TEST(Territory, draws_communes_as_often_as_they_have_inhabitants) {
  const model::Geography geography = sample_geography();
  const Territory allier = Territory::find(geography, "003").value();
  Dice dice(1);
  std::map<std::string_view, int> drawn;
  for (int n = 0; n < 4000; ++n) ++drawn[allier.draw(dice).name];
  EXPECT_EQ(drawn.size(), 2U);
  EXPECT_NEAR(drawn["Vichy"], 3000, 120);
}

TEST(Territory, draws_the_arrondissements_of_paris_and_never_paris) {
  const model::Geography geography = sample_geography();
  const Territory paris = Territory::find(geography, "075").value();
  EXPECT_EQ(paris.population(), 196'000U);
  Dice dice(1);
  for (int n = 0; n < 200; ++n) EXPECT_NE(paris.draw(dice).code.text(), "75056");
}

TEST(Territory, draws_any_postcode_of_a_commune) {
  const model::Geography geography = sample_geography();
  Dice dice(1);
  std::map<std::string_view, int> drawn;
  for (int n = 0; n < 300; ++n) ++drawn[Territory::draw_postcode(*geography.find("2A004"), dice)];
  EXPECT_EQ(drawn.size(), 3U);
  EXPECT_TRUE(drawn.contains("20167"));
}

}  // namespace
}  // namespace passerelle::generation
