#include "gateway/linking/normalise/fold.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::linking {
namespace {

TEST(Fold, undoes_accents_ligatures_and_case) {
  EXPECT_EQ(fold("  Éloïse  D'ŒUVRE-Müßig "), "eloise d oeuvre mussig");
  EXPECT_EQ(fold("Nguyễn Thị Ánh"), "nguyen thi anh");
  EXPECT_EQ(fold("Łukasz Żółć"), "lukasz zolc");
  EXPECT_EQ(fold("e\xCC\x81"), "e") << "combining marks vanish";
}

TEST(Fold, transliterates_cyrillic_and_greek) {
  EXPECT_EQ(fold("Александр"), "aleksandr");
  EXPECT_EQ(fold("ΓΙΩΡΓΟΣ"), "giorgos");
}

TEST(Fold, reads_latin_1_where_utf_8_ends) {
  EXPECT_EQ(fold("Ren\xE9"), "rene");
}

TEST(Fold, is_its_own_fixed_point) {
  for (const char* text : {"Jean-Éric", "a  b", "", "Ünal 12bis", "北京 x", "\xFF\xFE"}) {
    EXPECT_EQ(fold(fold(text)), fold(text)) << text;
  }
}

TEST(Fold, parts_words_and_joins_them_again) {
  EXPECT_THAT(words_of("a bc d"), testing::ElementsAre("a", "bc", "d"));
  EXPECT_EQ(join_words(words_of("a bc d")), "a bc d");
  EXPECT_EQ(without_blanks("a bc d"), "abcd");
}

}  // namespace
}  // namespace passerelle::linking
