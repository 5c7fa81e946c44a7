#include "gateway/linking/normalise/name.hpp"

#include <gmock/gmock.h>

namespace passerelle::linking {
namespace {

using testing::ElementsAre;

TEST(Name, drops_civilities_and_words_for_unknown) {
  EXPECT_EQ(normalise_name("Mme DURAND-LÉVY"), "durand levy");
  EXPECT_EQ(normalise_name("M."), "m") << "a name that is only a civility is kept";
  EXPECT_EQ(normalise_name("SNP"), "");
  EXPECT_EQ(normalise_name("Inconnu"), "");
}

TEST(Name, loses_its_particles_in_the_core_form_only) {
  EXPECT_EQ(normalise_name("de la Fontaine"), "de la fontaine");
  EXPECT_THAT(core_of({"de", "la", "fontaine"}), ElementsAre("fontaine"));
  EXPECT_THAT(core_of({"el"}), ElementsAre("el"));
  EXPECT_THAT(core_of({"de", "la"}), ElementsAre("de", "la"));
}

TEST(Name, knows_familiar_and_foreign_forms) {
  EXPECT_EQ(variant_of("bob"), variant_of("robert"));
  EXPECT_EQ(variant_of("mamadou"), variant_of("mohammed"));
  EXPECT_EQ(variant_of("zoe"), "zoe");
}

TEST(Name, cuts_full_names_by_comma_capitals_or_last_word) {
  for (const char* text : {"DURAND, Jean Marie", "Jean Marie DURAND", "jean marie durand"}) {
    const SplitName split = split_full_name(text);
    EXPECT_EQ(split.first, "jean marie") << text;
    EXPECT_EQ(split.last, "durand") << text;
  }
  EXPECT_EQ(split_full_name("Durand").last, "durand");
}

TEST(Place, of_a_district_is_its_city) {
  for (const char* text : {"PARIS 12E ARRONDISSEMENT", "Paris 1er", "Paris cedex 08", "paris"}) {
    EXPECT_EQ(normalise_place(text), "paris") << text;
  }
  EXPECT_EQ(normalise_place("Parisot 3"), "parisot 3");
}

TEST(Name, expands_addresses_and_saints) {
  EXPECT_EQ(normalise_address("12, Av. du Gal"), "12 avenue du gal");
  EXPECT_EQ(normalise_place("St-Étienne Cedex"), "saint etienne");
}

}  // namespace
}  // namespace passerelle::linking
