// What is told of tables of access that are wrong: one edit of the shipped ones at a time, and the fault it
// makes.
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>

#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/policy/engine.hpp"
#include "tests/unit/policy/shipped_tables.hpp"

namespace passerelle::policy {
namespace {

namespace fs = std::filesystem;
using testing::AnyOf;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

/// A copy of the shipped tables to spoil.
class SpoiltTables : public testing::Test {
 protected:
  void SetUp() override {
    const auto* const test = testing::UnitTest::GetInstance()->current_test_info();
    m_folder = fs::path(testing::TempDir()) / (std::string("access_") + test->name());
    fs::remove_all(m_folder);
    fs::copy(shipped_folder(), m_folder);
  }
  void TearDown() override { fs::remove_all(m_folder); }

  void replace(const std::string& table, const std::string& text, const std::string& by) {
    std::string content = codec::read_file(m_folder / table);
    const std::size_t at = content.find(text);
    ASSERT_NE(at, std::string::npos) << text;
    content.replace(at, text.size(), by);
    std::ofstream(m_folder / table) << content;
  }
  void append(const std::string& table, const std::string& line) {
    std::ofstream(m_folder / table, std::ios::app) << line << '\n';
  }
  std::vector<std::string> faults() {
    const auto tables = load_access_tables(m_folder, classed_places(shipped_tables()));
    std::vector<std::string> told;
    if (tables) return told;
    for (const codec::TableFault& fault : tables.error())
      told.push_back(fs::path(fault.file).filename().string() + " " + fault.text);
    return told;
  }

  fs::path m_folder;
};

TEST_F(SpoiltTables, have_no_fault_before) {
  EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(SpoiltTables, name_the_line_of_a_fault) {
  append("rules.csv", "de-trop,inconnu,show,active,aucune,,,,,,,assumption");
  const auto tables = load_access_tables(m_folder, classed_places(shipped_tables()));
  ASSERT_FALSE(tables);
  ASSERT_EQ(tables.error().size(), 1U);
  EXPECT_EQ(tables.error()[0].line, shipped_tables().rules.back().line + 1);
  EXPECT_EQ(tables.error()[0].text, "la colonne « actors » : mot inconnu « inconnu »");
}

TEST_F(SpoiltTables, tell_every_unknown_word_at_once) {
  append("rules.csv", "a,bailleur,lire,ouverte,ami,parenté,@rien truc,rien,payer,hier,2026,certain");
  EXPECT_THAT(faults(), testing::UnorderedElementsAre(
                            "rules.csv la colonne « actions » : mot inconnu « lire »",
                            "rules.csv la colonne « states » : mot inconnu « ouverte »",
                            "rules.csv la colonne « relations » : mot inconnu « ami »",
                            "rules.csv la colonne « ties » : mot inconnu « parenté »",
                            "rules.csv la colonne « shown » : mot inconnu « @rien »",
                            "rules.csv la colonne « shown » : mot inconnu « truc »",
                            "rules.csv la colonne « shown_own » : mot inconnu « rien »",
                            "rules.csv la colonne « obligations » : mot inconnu « payer »",
                            "rules.csv la colonne « since » ne peut pas valoir « hier »",
                            "rules.csv la colonne « until » ne peut pas valoir « 2026 »",
                            "rules.csv la colonne « certainty » ne peut pas valoir « certain »"));
}

TEST_F(SpoiltTables, must_name_the_words_of_the_program_and_no_other) {
  replace("words.csv", "action,erase,", "action,efface,");
  EXPECT_THAT(faults(), AnyOf(Contains("words.csv « erase » (action) n'a pas de ligne")));
  EXPECT_THAT(faults(), Contains("words.csv la colonne « word » : mot inconnu « efface »"));
}

TEST_F(SpoiltTables, must_not_say_a_thing_twice) {
  append("roles.csv", "bailleur,Bailleur,corps,parc,public");
  append("rules.csv", "bailleur-lecture,bailleur,show show,active,aucune,parc,,,,,,public");
  EXPECT_THAT(faults(), Contains("roles.csv « bailleur » est déjà le nom d'une ligne"));
  EXPECT_THAT(faults(), Contains("rules.csv « bailleur-lecture » est déjà le nom d'une ligne"));
  EXPECT_THAT(faults(), Contains("rules.csv la colonne « actions » dit deux fois « show »"));
}

TEST_F(SpoiltTables, must_not_leave_out_what_a_rule_needs) {
  append("rules.csv", "vide,,,,,,,,,,,public");
  for (const std::string column : {"actors", "actions", "states", "relations"})
    EXPECT_THAT(faults(), Contains("rules.csv la colonne « " + column + " » est vide"));
}

TEST_F(SpoiltTables, must_not_hold_a_rule_that_never_answers) {
  append("rules.csv",
         "de-trop,bailleur,show,active,aucune,habilitation localisation parc justificatif,@liste,,,,,public");
  EXPECT_THAT(faults(),
              Contains("rules.csv « de-trop » : jamais atteinte pour « bailleur » : des règles écrites avant "
                       "répondent toujours"));
}

TEST_F(SpoiltTables, must_not_hold_a_rule_that_several_others_answer_together) {
  append("rules.csv",
         "de-trop,bailleur,show correct,active,aucune,habilitation localisation parc "
         "justificatif,@liste,,,,,public");
  EXPECT_THAT(faults(), Contains(HasSubstr("« de-trop » : jamais atteinte")));
}

TEST_F(SpoiltTables, must_not_contradict_each_other) {
  append("rules.csv", "contraire,bailleur,show,active radiee,aucune,habilitation designation,nir,,,,,public");
  EXPECT_THAT(faults(),
              Contains(HasSubstr("« contraire » : contredit « bailleur-lecture », écrite avant et qui répond "
                                 "aussi à « bailleur », mais montre moins : nir")));
}

TEST_F(SpoiltTables, must_not_ask_for_a_tie_that_the_role_never_has) {
  append("rules.csv", "sans-lien,consultant-demande,events,active,aucune,mandat,@liste,,,,,public");
  EXPECT_THAT(faults(),
              Contains("rules.csv « sans-lien » : jamais applicable à « consultant-demande » : le rôle "
                       "« consultant-demande » n'a jamais le lien « mandat »"));
}

TEST_F(SpoiltTables, must_not_hold_a_rule_out_of_the_days_of_its_actor) {
  append("rules.csv", "passee,bailleur,find,active,aucune,parc,,,,1990-01-01,1991-01-01,public");
  EXPECT_THAT(faults(),
              Contains("rules.csv « passee » : jamais en vigueur en même temps que l'acteur « bailleur »"));
  append("rules.csv", "envers,bailleur,find,echue,aucune,parc,,,,2026-01-01,2025-01-01,public");
  EXPECT_THAT(faults(), Contains("rules.csv la fin (« until ») ne vient pas après le début (« since »)"));
}

TEST_F(SpoiltTables, must_give_a_cotitulaire_only_what_stands_in_his_item) {
  replace("fields.csv", "demandeur.email,,contact,demandeur", "demandeur.email,,contact,cotitulaire");
  EXPECT_THAT(faults(), Contains("fields.csv « demandeur.email » n'est à aucun cotitulaire"));
}

TEST_F(SpoiltTables, must_not_class_a_code_in_two_lines_of_one_place) {
  append("fields.csv", "motifs[],handicap,motive,declarant");
  EXPECT_THAT(faults(), Contains("fields.csv « motifs[] » a déjà une classe pour le code « handicap »"));
}

TEST_F(SpoiltTables, must_give_every_role_and_actor_a_rule) {
  append("roles.csv", "voisin,Voisin,personne,,assumption");
  append("actors.csv", "voisin,Voisin,voisin,suivi,agent,aucun,rien,rien,,,assumption,-");
  EXPECT_THAT(faults(), Contains("roles.csv aucune règle pour ce rôle"));
  EXPECT_THAT(faults(), Contains("actors.csv aucune règle ne le nomme"));
}

TEST_F(SpoiltTables, must_not_name_two_actors_of_one_role_and_purpose_in_a_rule) {
  replace("rules.csv", "reservataire-candidat-enregistreur,reservataire-enregistreur,",
          "reservataire-candidat-enregistreur,reservataire-enregistreur reservataire-gestion-partagee,");
  EXPECT_THAT(faults(), Contains(HasSubstr("deux acteurs du rôle « reservataire » pour la même finalité")));
}

TEST_F(SpoiltTables, must_class_every_place_of_the_pivot_once_and_no_other) {
  replace("fields.csv", "texteLibre,", "texteLivre,");
  append("fields.csv", "numeroUnique,,reference,foyer");
  append("fields.csv", "motifs[],nimporte,violence,declarant");
  EXPECT_THAT(faults(), Contains("fields.csv « texteLibre » n'a pas de classe"));
  EXPECT_THAT(faults(), Contains("fields.csv « texteLivre » n'est pas une place du pivot"));
  EXPECT_THAT(faults(), Contains("fields.csv « numeroUnique » a déjà sa classe"));
  EXPECT_THAT(faults(), Contains("fields.csv « motifs[] » ne connaît pas le code « nimporte »"));
}

TEST_F(SpoiltTables, must_hold_their_examples) {
  replace("rules.csv", "@dossier violence,,motiver relire,,,assumption\nbailleur-lecture,",
          "@dossier violence new-address,,motiver,,,assumption\nbailleur-lecture,");
  EXPECT_THAT(faults(), Contains("examples.csv « bailleur-faits-graves » : d'autres classes sont montrées"));
}

TEST_F(SpoiltTables, must_be_there) {
  fs::remove(m_folder / "sets.csv");
  EXPECT_THROW((void)faults(), std::system_error);
}

}  // namespace
}  // namespace passerelle::policy
