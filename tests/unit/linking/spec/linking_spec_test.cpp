#include "gateway/linking/spec/linking_spec.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::linking {
namespace {

using testing::ElementsAre;

TEST(ParseSpec, reads_columns_and_settings) {
  const auto spec = parse_spec(
      "# people\n\nid rec id\nlast_name nom | surname\ndate \" né le \"\nsame 0.95\ndistinct yes\nseparator "
      "tab\n");
  ASSERT_TRUE(spec);
  EXPECT_THAT(spec->columns,
              ElementsAre(Column{Kind::id, "rec id", "rec id"}, Column{Kind::last_name, "nom", "surname"},
                          Column{Kind::date, " né le ", " né le "}));
  EXPECT_DOUBLE_EQ(spec->settings.same, 0.95);
  EXPECT_TRUE(spec->settings.distinct);
  EXPECT_EQ(spec->settings.separator, '\t');
}

TEST(ParseSpec, tells_all_faults_together_in_french) {
  const auto spec = parse_spec("id a\nid b\nnom c\nsame 2\nlast_name\ntext a\nseparator x\ndistinct oui\n");
  ASSERT_FALSE(spec);
  EXPECT_THAT(
      spec.error(),
      ElementsAre(
          SpecFault{2, "une seule colonne peut être id"},
          SpecFault{3, "mot inconnu « nom » : ni une sorte de colonne ni un réglage (docs/linking.md)"},
          SpecFault{4, "« same » attend une probabilité au-dessus de 0, au plus 1"},
          SpecFault{5, "« last_name » attend un nom de colonne ou une valeur"},
          SpecFault{6, "colonne « a » déjà nommée plus haut"},
          SpecFault{7, "« separator » attend , ; | ou tab"}, SpecFault{8, "« distinct » attend yes ou no"},
          SpecFault{0, "aucune colonne à comparer"}));
}

TEST(ParseSpec, reads_back_what_is_written) {
  const auto spec = parse_spec("id a\nfirst_name \"b | c\" | d\ncategory \"\"\nreview 0.2\nseparator ;\n");
  ASSERT_TRUE(spec);
  EXPECT_EQ(parse_spec(write_spec(*spec)), spec);
}

TEST(ParseSpec, refuses_more_columns_than_a_pattern_holds) {
  std::string text;
  for (int i = 0; i < 17; ++i) text += "text c" + std::to_string(i) + "\n";
  const auto spec = parse_spec(text);
  ASSERT_FALSE(spec);
  EXPECT_EQ(spec.error().front().text, "17 colonnes à comparer, 16 au plus");
}

TEST(KindOf, knows_every_word_of_the_catalogue) {
  for (const KindEntry& entry : kind_catalogue()) EXPECT_EQ(kind_of(entry.word), entry.kind);
  EXPECT_FALSE(kind_of("surname"));
}

}  // namespace
}  // namespace passerelle::linking
