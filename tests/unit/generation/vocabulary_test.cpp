#include "gateway/generation/vocabulary.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>
#include <stdexcept>

#include "tests/unit/generation/sample_scene.hpp"

namespace passerelle::generation {
namespace {

namespace fs = std::filesystem;

int share_of(const Weighted<const Language*>& languages, std::string_view name) {
  Dice dice(3);
  int drawn = 0;
  for (int n = 0; n < 4000; ++n) drawn += languages.pick(dice)->name == name ? 1 : 0;
  return drawn;
}

TEST(Vocabulary, gives_local_languages_their_place) {
  const Vocabulary words = shipped_words();
  EXPECT_LT(share_of(words.languages_of("63"), "corse"), 100);
  EXPECT_GT(share_of(words.languages_of("2A"), "corse"), 1500);
  EXPECT_GT(share_of(words.languages_of("29"), "breton"), 600);
}

TEST(Vocabulary, gives_first_names_of_their_time) {
  const Vocabulary words = shipped_words();
  Dice dice(5);
  const Language& french = *words.languages_of("63").pick(dice);
  std::set<std::string> old;
  std::set<std::string> young;
  for (int n = 0; n < 3000; ++n) {
    old.insert(words.first_name(french, Sex::feminine, 1941, dice));
    young.insert(words.first_name(french, Sex::feminine, 2015, dice));
  }
  EXPECT_TRUE(old.contains("Monique") && !old.contains("Lou"));
  EXPECT_TRUE(young.contains("Lou") && !young.contains("Monique"));
  EXPECT_GT(young.size(), 60U);
}

TEST(Vocabulary, answers_nothing_for_a_trade_or_a_body_that_nobody_has) {
  const Vocabulary words = shipped_words();
  Dice dice(1);
  EXPECT_EQ(words.profession("retraite", dice), nullptr);
  EXPECT_EQ(words.body("inconnu", dice), "");
}

TEST(Vocabulary, names_the_place_of_a_wrong_cell) {
  const fs::path folder = fs::path(testing::TempDir()) / "words";
  fs::remove_all(folder);
  fs::copy(PASSERELLE_SOURCE "/mappings/generation", folder);
  std::ofstream(folder / "langues.csv")
      << "language,weight,union,abroad,local,factor,countries\nfrancais,many,,,,,\n";
  try {
    const Vocabulary words(folder);
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("langues.csv:2 : weight"));
  }
}

}  // namespace
}  // namespace passerelle::generation
