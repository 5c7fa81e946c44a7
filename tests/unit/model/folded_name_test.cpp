#include "gateway/model/folded_name.hpp"

#include <gtest/gtest.h>

namespace passerelle::model {
namespace {

TEST(FoldedName, forgets_how_a_name_is_typed) {
  EXPECT_EQ(folded_name("Œuvré"), "OEUVRE");
  EXPECT_EQ(folded_name("le goff"), "LEGOFF");
  EXPECT_EQ(folded_name("Le-Goff"), "LEGOFF");
  EXPECT_EQ(folded_name("D’Été"), folded_name("d'ete"));
  EXPECT_EQ(folded_name("e\xCC\x81t\xC3\xA9"), "ETE") << "composed or not";
  EXPECT_EQ(folded_name("ßþÿŁŻ\xC2\xA0ø"), "SSTHYLZO");
  EXPECT_EQ(folded_name(""), "");
}

TEST(FoldedName, keeps_what_it_cannot_fold) {
  EXPECT_EQ(folded_name("Иван"), "Иван");
  EXPECT_NE(folded_name("Иван"), folded_name("Петр"));
  EXPECT_EQ(folded_name("a\xFF"), "A\xFF");
  EXPECT_EQ(folded_name("a\xC3"), "A\xC3") << "cut in the middle";
}

TEST(FoldedName, takes_the_first_of_several_first_names) {
  EXPECT_EQ(first_of_names("Jean-Luc, Marie"), "Jean-Luc");
  EXPECT_EQ(first_of_names("  Anne Marie"), "Anne");
  EXPECT_EQ(first_of_names("Anne"), "Anne");
  EXPECT_EQ(first_of_names(" , "), "");
}

}  // namespace
}  // namespace passerelle::model
