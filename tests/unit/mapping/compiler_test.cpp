// What the compiler refuses, each with its own text: one change to the tables of tests/data/home at a time.
#include "gateway/mapping/compiler.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/mapping/formats.hpp"

namespace passerelle::mapping {
namespace {

namespace fs = std::filesystem;

using testing::Contains;
using testing::IsEmpty;

constexpr const char* table = "mappings/peer/demo/1/demande.table";

/// A copy of the test home that one test may spoil.
class Compiler : public testing::Test {
 protected:
  void SetUp() override {
    const std::string name = testing::UnitTest::GetInstance()->current_test_info()->name();
    m_home = fs::path(testing::TempDir()) / ("passerelle_" + name);
    fs::remove_all(m_home);
    fs::copy(fs::path(PASSERELLE_SOURCE) / "tests/data/home", m_home, fs::copy_options::recursive);
  }
  void TearDown() override { fs::remove_all(m_home); }

  void replace(const std::string& file, const std::string& from, const std::string& to) {
    std::string text = codec::read_file(m_home / file);
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    std::ofstream(m_home / file) << text;
  }

  std::vector<std::string> compile() {
    TableFaults faults;
    Formats formats(m_home, "2026-01-01", faults);
    for (const MappingSource* source : formats.candidates({"demo", "", ""})) {
      EXPECT_TRUE(formats.get(*source, faults) != nullptr || !faults.empty());
    }
    std::vector<std::string> texts;
    std::ranges::transform(faults, std::back_inserter(texts), &TableFault::text);
    return texts;
  }

  fs::path m_home;
};

TEST_F(Compiler, takes_the_tables_as_they_are) {
  EXPECT_THAT(compile(), IsEmpty());
}

TEST_F(Compiler, refuses_an_unknown_pivot_field) {
  replace(table, "proprietaire                               |", "proprio |");
  EXPECT_THAT(compile(), Contains("champ inconnu : proprio (à partir de « proprio »)"));
}

TEST_F(Compiler, refuses_an_unknown_external_field) {
  replace(table, "| fixe ", "| fixes ");
  EXPECT_THAT(compile(), Contains("champ inconnu : fixes (à partir de « fixes »)"));
}

TEST_F(Compiler, refuses_a_missing_loss_choice) {
  replace(table, "flag(O, N)       | = | park ", "flag(O, N)       | = | ");
  EXPECT_THAT(compile(), Contains("le choix en cas de perte manque : park, report, refuse ou by-law"));
}

TEST_F(Compiler, refuses_two_lines_that_write_one_place) {
  replace(table, "telephones[nature=domicile].numero ", "telephones[nature=portable].numero ");
  EXPECT_THAT(
      compile(),
      Contains(
          "deux lignes écrivent telephones.numero : demo/1/demande.table:13 et demo/1/demande.table:14"));
}

TEST_F(Compiler, refuses_a_mandatory_field_without_source) {
  replace(table,
          "nom                                        | nom                                      | 1    | "
          "copy             | = | refuse",
          "nom | nom | 1 | copy in | = | refuse");
  EXPECT_THAT(compile(), Contains("champ obligatoire sans source : nom"));
}

TEST_F(Compiler, refuses_a_code_table_that_disagrees_with_itself) {
  replace("mappings/peer/demo/codes/civilite.csv", "3,madame,>,in", "3,madame,=,in");
  EXPECT_THAT(compile(),
              Contains("« 3 » est égal à « madame », qui revient en « 2 » : la table se contredit"));
}

TEST_F(Compiler, refuses_a_code_table_without_all_codes) {
  replace("mappings/peer/demo/codes/motif.csv", "11,divorce,=,,,,\n", "");
  const auto texts = compile();
  EXPECT_THAT(texts, Contains("le code externe « 11 » n'a pas de traduction"));
  EXPECT_THAT(texts, Contains("le code du pivot « divorce » n'a pas de traduction"));
}

TEST_F(Compiler, refuses_a_leaf_of_the_schema_that_no_line_covers) {
  replace(table,
          "-                                          | etranger                                 | 0..1 | -  "
          "              | 0 | park   | -\n",
          "");
  EXPECT_THAT(compile(), Contains("aucune ligne pour etranger"));
}

TEST_F(Compiler, refuses_a_container_that_may_be_empty_without_line) {
  replace(table,
          "ressources[]                               | listeRessource[]                         | 0..1 | "
          "list             | = | park   | -\n",
          "");
  EXPECT_THAT(compile(), Contains("aucune ligne pour listeRessource (peut être vide)"));
}

TEST_F(Compiler, refuses_a_pivot_field_that_no_line_tells_of) {
  replace(table,
          "texteLibre                                 | -                                        | 0..1 | -  "
          "              | 0 | report | -\n",
          "");
  EXPECT_THAT(compile(), Contains("aucune ligne pour le champ du pivot texteLibre"));
}

TEST_F(Compiler, refuses_a_cardinality_that_is_not_the_schema_s) {
  replace(table, "| commune@code                             | 1 ", "| commune@code | 0..1 ");
  EXPECT_THAT(compile(), Contains("cardinalité 0..1 : le schéma dit 1"));
}

TEST_F(Compiler, refuses_to_keep_a_nir_without_a_legal_text) {
  replace(table,
          "-                                          | nir                                      | 0..1 | -  "
          "              | 0 | by-law",
          "- | nir | 0..1 | - | 0 | park");
  EXPECT_THAT(compile(), Contains("le NIR est by-law, sauf si la ligne nomme le texte qui le permet"));
}

TEST_F(Compiler, refuses_to_keep_a_free_comment) {
  replace(table, "| 0 | by-law | RGPD art. 9", "| 0 | park | RGPD art. 9");
  EXPECT_THAT(compile(),
              Contains("le commentaire libre d'un partenaire ne se garde pas : sans contrepartie et by-law"));
}

TEST_F(Compiler, refuses_a_rank_where_nothing_repeats_and_a_list_without_rank) {
  replace(table, "nom                                        | nom ", "nom[n] | nom ");
  replace(table, "logements[n] ", "logements ");
  const auto texts = compile();
  EXPECT_THAT(texts, Contains("« nom » n'est pas répété : pas de rang"));
  EXPECT_THAT(texts, Contains("« logements » est répété : un rang est attendu, par exemple [n]"));
}

TEST_F(Compiler, refuses_an_unknown_codec_and_a_missing_table) {
  replace(table, "| table(motif) ", "| table(raison) ");
  replace(table, "| flag(O, N) ", "| drapeau ");
  const auto texts = compile();
  EXPECT_THAT(texts, Contains("table de codes absente : codes/raison.csv"));
  EXPECT_THAT(texts, Contains("codec inconnu : « drapeau »"));
}

TEST_F(Compiler, refuses_a_merge_that_does_not_say_how_its_columns_are_put_together) {
  replace(table, "join(2, 3)", "join(2, 3, 1)");
  EXPECT_THAT(compile(), Contains("join attend 3 champ(s) externe(s)"));
}

TEST_F(Compiler, refuses_several_external_fields_for_a_codec_that_takes_one) {
  replace(table, "join(2, 3)", "copy");
  EXPECT_THAT(compile(), Contains("copy attend 1 champ(s) externe(s)"));
}

TEST_F(Compiler, refuses_several_external_fields_without_counterpart) {
  replace(table,
          "communeTravail                             | departement + numeroCommune              | 0..1 | "
          "join(2, 3)       | =",
          "- | departement + numeroCommune | 0..1 | - | 0");
  EXPECT_THAT(compile(), Contains("sans contrepartie, une ligne pour chaque champ externe"));
}

TEST_F(Compiler, refuses_a_second_line_for_a_column_that_is_merged) {
  replace(table, "| date(MM/AAAA)    | = | park   | -",
          "| date(MM/AAAA) | = | park | -\nvisite | numeroCommune | 0..1 | copy | = | park | -");
  replace("mappings/pivot/fields.csv", "occupants,",
          "visite,text(20),0..1,-,Visite,-,housing,v2,assumption,test\noccupants,");
  EXPECT_THAT(
      compile(),
      Contains("deux lignes écrivent numeroCommune : demo/1/demande.table:28 et demo/1/demande.table:32"));
}

TEST_F(Compiler, refuses_a_codec_for_a_pivot_type_that_it_cannot_write) {
  replace(table, "date(JJ/MM/AAAA) ", "cents(9) ");
  EXPECT_THAT(compile(), Contains("cents ne s'emploie pas pour un champ du pivot de type date"));
}

TEST_F(Compiler, refuses_wrong_arguments_of_a_codec) {
  replace(table, "cents(9)", "cents(neuf)");
  replace(table, "decimal(\",\", 2)", "decimal(\",\", 2, 2)");
  const auto texts = compile();
  EXPECT_THAT(texts, Contains("largeur « neuf » ; attendu un nombre de 1 à 18"));
  EXPECT_THAT(texts, Contains("decimal attend 1 à 2 argument(s)"));
}

}  // namespace
}  // namespace passerelle::mapping
