#include "gateway/linking/normalise/name.hpp"

#include <gtest/gtest.h>

namespace passerelle::linking {
namespace {

TEST(Name, drops_civilities_and_words_for_unknown) {
  EXPECT_EQ(normalise_name("Mme DURAND-LÉVY"), "durand levy");
  EXPECT_EQ(normalise_name("M."), "m") << "a name that is only a civility is kept";
  EXPECT_EQ(normalise_name("SNP"), "");
  EXPECT_EQ(normalise_name("Inconnu"), "");
}

TEST(Name, loses_its_particles_in_the_core_form_only) {
  EXPECT_EQ(normalise_name("de la Fontaine"), "de la fontaine");
  EXPECT_EQ(core_of("de la fontaine"), "fontaine");
  EXPECT_EQ(core_of("el"), "el");
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

TEST(Name, expands_addresses_and_saints) {
  EXPECT_EQ(normalise_address("12, Av. du Gal"), "12 avenue du gal");
  EXPECT_EQ(normalise_place("St-Étienne Cedex"), "saint etienne");
}

}  // namespace
}  // namespace passerelle::linking
