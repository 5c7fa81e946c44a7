#include "gateway/linking/normalise/code.hpp"

#include <gtest/gtest.h>

namespace passerelle::linking {
namespace {

TEST(Nir, has_the_keys_of_the_published_vectors) {
  EXPECT_EQ(nir_key("2951099126111"), 93U);
  EXPECT_EQ(nir_key("253072A073004"), 43U);
  EXPECT_EQ(nir_key("253072B073004"), 70U);
  EXPECT_EQ(nir_key("2530X"), 0U);
}

TEST(Nir, is_kept_without_its_key) {
  EXPECT_EQ(normalise_nir("2 95 10 99 126 111 93"), "2951099126111");
  EXPECT_EQ(normalise_nir("2 53 07 2A 073 004"), "253072a073004");
  EXPECT_EQ(normalise_nir("295109912"), "");
  EXPECT_EQ(normalise_nir("1111111111111"), "");
}

TEST(Nir, of_waiting_people_begins_with_7_or_8) {
  EXPECT_TRUE(is_temporary_nir("7951099126111"));
  EXPECT_FALSE(is_temporary_nir("2951099126111"));
}

TEST(Phone, is_one_number_however_written) {
  for (const char* text :
       {"06 12 34 56 79", "+33 6 12 34 56 79", "0033612345679", "+33 (0)6.12.34.56.79", "612345679"}) {
    EXPECT_EQ(normalise_phone(text), "0612345679") << text;
  }
  EXPECT_EQ(normalise_phone("0000000000"), "");
  EXPECT_EQ(normalise_phone("12"), "");
}

TEST(Email, loses_its_tag_and_its_fillers) {
  EXPECT_EQ(normalise_email(" Jean.Durand+logement@Exemple.fr"), "jean.durand@exemple.fr");
  EXPECT_EQ(normalise_email("aucun@exemple.fr"), "");
  EXPECT_EQ(normalise_email("@"), "");
}

TEST(Commune, goes_through_its_history) {
  EXPECT_EQ(normalise_commune("75112"), "75056");
  EXPECT_EQ(normalise_commune("69387"), "69123");
  EXPECT_EQ(normalise_commune("13203"), "13055");
  EXPECT_EQ(normalise_commune("2A004"), "20004");
  EXPECT_EQ(normalise_commune("1053"), "01053");
  EXPECT_EQ(normalise_commune("99999"), "");
}

TEST(Commune, of_a_merged_or_moved_commune_is_that_of_today) {
  const auto geography = model::Geography::parse(
      "code,name,type,departement,region,population,postcodes,successor\n"
      "2A004,Ajaccio,commune,2A,94,1,20000,\n20004,,ancienne,2A,94,,,2A004\n"
      "75050,,ancienne,92,11,,,92050\n92050,Nanterre,commune,92,11,1,92000,\n",
      "code,name,region\n2A,Corse-du-Sud,94\n92,Hauts-de-Seine,11\n");
  EXPECT_EQ(normalise_commune("75050", &geography), normalise_commune("92050", &geography));
  EXPECT_EQ(normalise_commune("20004", &geography), normalise_commune("2A004", &geography));
  EXPECT_EQ(normalise_commune("20004"), normalise_commune("2a004")) << "also without a geography";
  EXPECT_EQ(normalise_commune("79191", &geography), "79191") << "a code that it does not know stays";
}

TEST(Sex, has_two_letters_however_written) {
  for (const char* text : {"M", "h", "1", "Homme", "masculin"}) EXPECT_EQ(normalise_sex(text), "m") << text;
  for (const char* text : {"F", "2", "Mme", "Féminin"}) EXPECT_EQ(normalise_sex(text), "f") << text;
  EXPECT_EQ(normalise_sex("?"), "");
}

}  // namespace
}  // namespace passerelle::linking
