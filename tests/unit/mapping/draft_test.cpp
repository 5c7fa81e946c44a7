// The folder that a sample gives, on the tables that are shipped.
#include "gateway/mapping/draft.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::mapping {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string mappings = PASSERELLE_MAPPINGS;

/// All the files of the draft in one text, each under its name.
std::string draft_of(const tl::expected<Sample, std::string>& sample) {
  EXPECT_TRUE(sample.has_value());
  const auto pivot = load_pivot(mappings + "/pivot", {});
  TableFaults faults;
  const ColumnNames names(mappings + "/draft", faults);
  std::string text;
  for (const DraftFile& file : draft_peer("mairie", *sample, *pivot, names).files)
    text += "== " + file.path + "\n" + file.text;
  return text;
}

constexpr std::string_view csv =
    "Nom;Date de naissance;Situation familiale;Loyer;Adresse;Commentaire;Enfant 1 prénom;Couleur\n"
    "Cuzin;05/06/1991;Célibataire;512,20;7 rue du Bief;Zorglub;Théo;bleu\n"
    "Orsucci;03/07/1994;Vie maritale;388,15;3 cours Grandval;Zorglub;;vert\n";

TEST(Draft, proposes_fields_codecs_and_types) {
  const std::string text = draft_of(read_csv_sample(csv));
  EXPECT_THAT(text, HasSubstr("\nseparator ;\n"));
  EXPECT_THAT(text, HasSubstr("\nDate de naissance,date(JJ/MM/AAAA),0..1,,,assumption,Date de naissance\n"));
  EXPECT_THAT(text, HasSubstr("\nLoyer,\"amount(,)\",0..1,"));
  EXPECT_THAT(text, testing::ContainsRegex("demandeur.dateNaissance +\\| Date de naissance +\\| 0..1 \\| "
                                           "date\\(JJ/MM/AAAA\\) +\\| = \\| report \\| à revoir\n"));
  EXPECT_THAT(text, testing::ContainsRegex(
                        "logementActuel.montantLoyer +\\| Loyer +\\| 0..1 \\| decimal\\(\",\"\\)"));
  EXPECT_THAT(text,
              testing::ContainsRegex("demandeur.adresse.numero \\+ demandeur.adresse.voie +\\| Adresse"));
  EXPECT_THAT(text, testing::ContainsRegex("personnesACharge\\[1\\].prenoms +\\| Enfant 1 prénom"));
}

TEST(Draft, says_what_it_does_not_know) {
  const std::string text = draft_of(read_csv_sample(csv));
  EXPECT_THAT(text, HasSubstr("# à revoir : Couleur : aucun champ du pivot ne porte ce nom\n"));
  EXPECT_THAT(text,
              testing::ContainsRegex("\n- +\\| Couleur +\\| 0..1 \\| - +\\| 0 \\| report \\| à revoir\n"));
  EXPECT_THAT(
      text, testing::ContainsRegex("\n- +\\| Commentaire +\\| 0..1 \\| - +\\| 0 \\| by-law \\| à revoir\n"));
}

TEST(Draft, translates_the_codes_that_it_knows) {
  const std::string text = draft_of(read_csv_sample(csv));
  EXPECT_THAT(text, HasSubstr("== codes/situation_familiale.csv\n"));
  EXPECT_THAT(text, HasSubstr("\nCélibataire,celibataire,=,,,,à revoir\nVie maritale,-,0,in,,,à revoir\n"));
  EXPECT_THAT(text, HasSubstr("\n-,marie,0,out,,,à revoir\n"));
}

TEST(Draft, writes_no_value_but_codes) {
  const std::string text = draft_of(read_csv_sample(csv));
  for (const char* value : {"Cuzin", "Orsucci", "Zorglub", "Théo", "Bief", "1991", "bleu", "512"})
    EXPECT_THAT(text, Not(HasSubstr(value)));
}

TEST(Draft, keeps_groups_and_lists_of_json) {
  const std::string text = draft_of(read_json_sample(
      R"({"entete":{"lot":"7"}} {"salarie":{"nom":"Cuzin"},"enfants":[{"prenom":"Théo"}],"motifs":["Trop petit"]})"));
  EXPECT_THAT(text, HasSubstr("\nsalarie,group,0..1,"));
  EXPECT_THAT(text, HasSubstr("\nenfants[],list,0..n,"));
  EXPECT_THAT(text, HasSubstr("\nmotifs[],code(Trop petit),0..n,"));
  EXPECT_THAT(text, testing::ContainsRegex("personnesACharge\\[n\\].prenoms +\\| enfants\\[n\\].prenom"));
  EXPECT_THAT(text, testing::ContainsRegex(
                        "motifs\\[n\\] +\\| motifs\\[n\\] +\\| 0..n \\| table\\(motif_demande\\)"));
  EXPECT_THAT(text, testing::ContainsRegex("\n- +\\| enfants\\[\\] +\\| 0..1 \\| - +\\| 0"));
  EXPECT_THAT(text, HasSubstr("\nTrop petit,tropPetit,=,,,,à revoir\n"));
}

TEST(Draft, gives_one_column_to_a_field) {
  const std::string text = draft_of(read_csv_sample("NOM;Nom usage\nCuzin;Cuzin\n"));
  EXPECT_THAT(text, HasSubstr("# à revoir : Nom usage : ressemble à demandeur.nom, déjà proposé pour NOM\n"));
}

}  // namespace
}  // namespace passerelle::mapping
