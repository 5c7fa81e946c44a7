#include "gateway/mapping/pivot_documentation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/mapping/pivot_folder.hpp"

namespace passerelle::mapping {
namespace {

using testing::HasSubstr;

TEST(PivotDocumentation, marks_assumptions_and_free_text) {
  const PivotFolder folder;
  folder.write_fields(
      "adresse,structure(adresse),0..1,A,Adresse,b,contact,v2,assumption,s\n"
      "texteLibre,freeText(50),0..1,H1,Texte,b,free-text,05,public,notice-05 H1\n"
      "sexe,code(sexe),0..1,A,Sexe,b,identity,v2,public,s\n");
  const std::string text = pivot_documentation(right_tables(folder.path()));
  EXPECT_THAT(text, HasSubstr("| **hypothèse** (s) |"));
  EXPECT_THAT(
      text, HasSubstr("| `texteLibre` | texte libre (50) | 0..1 | Texte | H1 | b | **texte libre** | 05 |"));
  EXPECT_THAT(text, HasSubstr("[sexe](#liste-sexe)"));
  EXPECT_THAT(text, HasSubstr("<a id=\"liste-sexe\"></a>"));
  EXPECT_THAT(text, HasSubstr("| `feminin` | Féminin | v2 |  | s |"));
}

TEST(PivotDocumentation, counts_what_is_assumed) {
  const PivotFolder folder;
  EXPECT_THAT(pivot_documentation(right_tables(folder.path())),
              HasSubstr("Il décrit 6 champs et 1 listes de codes ; 1 champs et 0 codes\n"));
}

}  // namespace
}  // namespace passerelle::mapping
