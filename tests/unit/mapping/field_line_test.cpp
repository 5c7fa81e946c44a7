#include "gateway/mapping/field_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::mapping {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::optional<FieldLine> parse(std::array<std::string, column_count> cells, TableFaults& faults) {
  return parse_field_line({std::move(cells), "t", 3}, codec::PathStyle::xml, faults);
}

TEST(FieldLine, reads_the_seven_columns) {
  TableFaults faults;
  const auto line = parse({"cotitulaires[n].civilite", "listeCotitulaire/cotitulaire[n]/civilite@code", "1",
                           "table(civilite) out", "<", "park", "CCH R441-2-2"},
                          faults);
  ASSERT_TRUE(line) << faults[0].text;
  EXPECT_EQ(line->pivot[0].steps[0].rank, RankKind::variable);
  EXPECT_TRUE(line->external.front().steps.back().attribute);
  EXPECT_EQ(line->codec.name, "table");
  EXPECT_THAT(line->codec.arguments, ElementsAre("civilite"));
  EXPECT_EQ(line->direction, Direction::out);
  EXPECT_EQ(line->relation, Relation::narrower);
  EXPECT_EQ(line->loss, Loss::park);
  EXPECT_EQ(line->basis, "CCH R441-2-2");
}

TEST(FieldLine, reads_a_split_with_its_two_fields) {
  TableFaults faults;
  const auto line =
      parse({"adresse.numero + adresse.voie", "ADRESSE", "0..1", "numero_voie", "=", "park", "-"}, faults);
  ASSERT_TRUE(line);
  EXPECT_EQ(line->pivot.size(), 2U);
  EXPECT_EQ(line->basis, "");
}

TEST(FieldLine, reads_a_merge_with_its_columns) {
  TableFaults faults;
  const auto line =
      parse({"commune", "adresse/DEP + adresse/COM", "0..1", "join(2, 3)", "=", "park", "-"}, faults);
  ASSERT_TRUE(line);
  EXPECT_EQ(line->external.size(), 2U);
  EXPECT_EQ(paths_text(line->external), "adresse/DEP + adresse/COM");
  EXPECT_THAT(line->codec.arguments, ElementsAre("2", "3"));
}

TEST(FieldLine, reads_an_argument_between_quotes_with_its_comma_and_its_blank) {
  TableFaults faults;
  EXPECT_THAT(parse({"a + b", "NOM", "1", "nom_prenoms(\", \")", "=", "park", "-"}, faults)->codec.arguments,
              ElementsAre(", "));
  EXPECT_THAT(parse({"a", "LOYER", "1", "decimal(\",\", 2)", "=", "park", "-"}, faults)->codec.arguments,
              ElementsAre(",", "2"));
}

TEST(FieldLine, reads_slots_selectors_lists_and_prefixes) {
  TableFaults faults;
  EXPECT_EQ(parse({"cotitulaires[2].nom", "NOM2", "0..1", "copy", "=", "park", "-"}, faults)
                ->pivot[0]
                .steps[0]
                .constant,
            2);
  const auto selector =
      parse({"telephones[nature=portable].numero", "TEL", "0..1", "copy", "=", "park", "-"}, faults);
  EXPECT_EQ(selector->pivot[0].steps[0].argument, "nature");
  EXPECT_EQ(selector->pivot[0].steps[0].selector_value, "portable");
  EXPECT_EQ(
      parse({"motifs[]", "listeMotif[]", "0..1", "list", "=", "park", "-"}, faults)->pivot[0].steps[0].rank,
      RankKind::whole);
  EXPECT_TRUE(parse({"faitsEtablis.*", "-", "0..1", "-", "0", "report", "-"}, faults)->pivot[0].subtree);
  EXPECT_THAT(faults, IsEmpty());
}

TEST(FieldLine, reads_one_comparison) {
  TableFaults faults;
  const auto line =
      parse({"a", "b", "1", "copy when external(etranger) != \"true\" in", "=", "park", "-"}, faults);
  ASSERT_TRUE(line);
  EXPECT_TRUE(line->condition->external);
  EXPECT_TRUE(line->condition->negated);
  EXPECT_EQ(line->condition->value, "true");
  EXPECT_EQ(line->direction, Direction::in);
}

struct WrongLine {
  std::array<std::string, column_count> cells;
  std::string text;
};

TEST(FieldLine, tells_each_thing_that_is_wrong_with_its_own_text) {
  const std::vector<WrongLine> cases{
      {{"a..b", "x", "1", "copy", "=", "park", "-"}, "chemin du pivot mal écrit : a..b"},
      {{"a", "x//y", "1", "copy", "=", "park", "-"}, "chemin externe mal écrit : x//y"},
      {{"a + ", "x", "1", "copy", "=", "park", "-"}, "chemin du pivot mal écrit : a + "},
      {{"a", "x", "2", "copy", "=", "park", "-"},
       "cardinalité inconnue : « 2 » ; attendu 1, 0..1, 0..n ou 1..n"},
      {{"a", "x", "1", "copy", "==", "park", "-"}, "relation inconnue : « == » ; attendu =, <, >, ~ ou 0"},
      {{"a", "x", "1", "copy", "=", "", "-"},
       "le choix en cas de perte manque : park, report, refuse ou by-law"},
      {{"a", "x", "1", "copy", "=", "lose", "-"},
       "choix en cas de perte inconnu : « lose » ; attendu park, report, refuse ou by-law"},
      {{"a", "x", "1", "copy when b = \"c\"", "=", "park", "-"}, "condition mal écrite : b = \"c\""},
      {{"a", "x", "1", "table(civilite", "=", "park", "-"}, "codec mal écrit : table(civilite"}};
  for (const WrongLine& wrong : cases) {
    TableFaults faults;
    EXPECT_FALSE(parse(wrong.cells, faults));
    EXPECT_THAT(faults, ElementsAre(TableFault{"t", 3, wrong.text}));
  }
}

TEST(FieldLine, reports_all_faults_of_a_line_together) {
  TableFaults faults;
  EXPECT_FALSE(parse({"a", "x", "9", "copy", "?", "", "-"}, faults));
  EXPECT_EQ(faults.size(), 3U);
}

}  // namespace
}  // namespace passerelle::mapping
