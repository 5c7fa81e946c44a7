// The names of columns, on the tables that are shipped.
#include "gateway/mapping/draft_names.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <ranges>

#include "gateway/mapping/path_expression.hpp"
#include "gateway/mapping/pivot_catalogue.hpp"

namespace passerelle::mapping {
namespace {

using testing::IsEmpty;

const std::string mappings = PASSERELLE_MAPPINGS;

ColumnNames shipped() {
  TableFaults faults;
  ColumnNames names(mappings + "/draft", faults);
  EXPECT_THAT(faults, IsEmpty());
  for (const TableFault& fault : faults)
    ADD_FAILURE() << fault.file << ":" << fault.line << " " << fault.text;
  return names;
}

TEST(DraftNames, folds_case_accents_and_camel_case) {
  EXPECT_EQ(folded("Prénom(s)"), "prenom s ");
  EXPECT_EQ(folded("dateNaissance"), "date naissance");
  EXPECT_EQ(folded("ŒUVRE ÇÀ"), "oeuvre ca");
}

TEST(DraftNames, know_the_columns_of_real_files) {
  const ColumnNames names = shipped();
  EXPECT_EQ(names.propose("NOM"), "demandeur.nom");
  EXPECT_EQ(names.propose("Prénoms"), "demandeur.prenoms");
  EXPECT_EQ(names.propose("DT_NAISS"), "demandeur.dateNaissance");
  EXPECT_EQ(names.propose("date de naissance"), "demandeur.dateNaissance");
  EXPECT_EQ(names.propose("TEL_PORT"), "demandeur.telephones[nature=portable].numero");
  EXPECT_EQ(names.propose("Adresse"), "demandeur.adresse.numero + demandeur.adresse.voie");
  EXPECT_EQ(names.propose("salarie.employeur.siret"), "demandeur.situationProfessionnelle.siretEmployeur");
  EXPECT_EQ(names.propose("COMMENTAIRES"), ColumnNames::by_law);
  EXPECT_EQ(names.propose("COULEUR"), std::nullopt);
}

TEST(DraftNames, take_the_rank_from_the_column_or_from_its_list) {
  const ColumnNames names = shipped();
  EXPECT_EQ(names.propose("ENF2_PRENOM"), "personnesACharge[2].prenoms");
  EXPECT_EQ(names.propose("CONJ_NOM"), "cotitulaires[1].nom");
  EXPECT_EQ(names.propose("enfants[].prenom"), "personnesACharge[n].prenoms");
  EXPECT_EQ(names.propose("MOTIF_2"), "motifs[2]");
  EXPECT_EQ(names.propose("NOM2"), std::nullopt);
}

TEST(DraftNames, know_the_codes_of_real_files) {
  const ColumnNames names = shipped();
  const CodeList civilite{
      .name = "civilite",
      .codes = {{.code = "monsieur", .label = "Monsieur"}, {.code = "madame", .label = "Madame"}}};
  EXPECT_EQ(names.propose_code(civilite, "Mme"), "madame");
  EXPECT_EQ(names.propose_code(civilite, "MONSIEUR"), "monsieur");
  EXPECT_EQ(names.propose_code(civilite, "X"), std::nullopt);
}

TEST(DraftNames, propose_only_fields_of_the_pivot) {
  const auto pivot = load_pivot(mappings + "/pivot", {});
  ASSERT_TRUE(pivot.has_value());
  const ColumnNames names = shipped();
  for (const auto& [words, proposed] : names.proposals()) {
    if (proposed == ColumnNames::by_law) continue;
    for (const auto part : std::views::split(proposed, std::string_view(" + "))) {
      std::string path(part.begin(), part.end());
      if (const std::size_t rank = path.find('#'); rank != std::string::npos) path[rank] = '1';
      const auto expression = parse_path(path, codec::PathStyle::dots);
      ASSERT_TRUE(expression) << path;
      std::vector<std::string> variables;
      EXPECT_EQ(resolve(*expression, pivot->shape(), variables).problem, "") << words;
    }
  }
}

}  // namespace
}  // namespace passerelle::mapping
