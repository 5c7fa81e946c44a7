#include "gateway/mapping/pivot_tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <system_error>

#include "tests/unit/mapping/pivot_folder.hpp"

namespace passerelle::mapping {
namespace {

using testing::ElementsAre;

std::vector<std::string> paths(const std::vector<PivotField>& fields) {
  std::vector<std::string> found;
  for (const PivotField& field : fields) found.push_back(field.path);
  return found;
}

/// The faults of fields.csv made of these rows, as `line: text`.
std::vector<std::string> faults_of_fields(std::string_view rows) {
  const PivotFolder folder;
  folder.write_fields(rows);
  const auto tables = read_pivot_tables(folder.path());
  std::vector<std::string> found;
  if (tables) return found;
  for (const TableFault& fault : tables.error()) {
    if (fault.file == folder.file("fields.csv"))
      found.push_back(std::to_string(fault.line) + ": " + fault.text);
  }
  return found;
}

TEST(PivotTables, expand_a_structure_where_it_is_used) {
  const PivotFolder folder;
  const auto tables = read_pivot_tables(folder.path());
  ASSERT_TRUE(tables);
  EXPECT_THAT(paths(tables->expanded),
              ElementsAre("entete", "entete.dateFichier", "demandeur", "demandeur.nom", "demandeur.adresse",
                          "demandeur.adresse.voie", "demandeur.adresse.etage", "personneMorale", "enfants[]",
                          "enfants[].sexe", "motifs[]"));
}

TEST(PivotTables, know_the_name_and_the_parent_of_a_path) {
  const PivotField field{.path = "enfants[].ressources[]"};
  EXPECT_EQ(field.name(), "ressources");
  EXPECT_EQ(field.parent(), "enfants[]");
  EXPECT_TRUE(field.is_list());
  EXPECT_EQ(PivotField{.path = "nom"}.parent(), "");
}

TEST(PivotTables, tell_every_cell_that_cannot_be) {
  EXPECT_THAT(faults_of_fields("Nom,mot(3),2,,Nom,b,secret,v9,vu,s\n"),
              ElementsAre("2: la colonne « type » ne peut pas valoir « mot(3) »",
                          "2: la colonne « cardinality » ne peut pas valoir « 2 »",
                          "2: la colonne « class » ne peut pas valoir « secret »",
                          "2: la colonne « since » ne peut pas valoir « v9 »",
                          "2: la colonne « status » ne peut pas valoir « vu »",
                          "2: le chemin « Nom » est mal écrit", "2: la colonne « rubric » est vide"));
}

TEST(PivotTables, refuse_a_path_written_twice_or_below_no_group) {
  EXPECT_THAT(faults_of_fields("nom,text(1),0..1,A,Nom,b,identity,v2,public,s\n"
                               "nom,text(1),0..1,A,Nom,b,identity,v2,public,s\n"
                               "nom.court,text(1),0..1,A,Nom,b,identity,v2,public,s\n"),
              ElementsAre("3: le chemin « nom » est écrit deux fois",
                          "4: « nom.court » : « nom » n'est pas un groupe écrit avant"));
}

TEST(PivotTables, refuse_lists_and_types_that_disagree) {
  EXPECT_THAT(faults_of_fields("a[],text(1),0..1,A,A,b,identity,v2,public,s\n"
                               "b,list,0..1,A,B,b,identity,v2,public,s\n"
                               "c[],group,0..n,A,C,b,identity,v2,public,s\n"),
              ElementsAre("2: « a[] » : seul un chemin en [] a une cardinalité en n",
                          "3: « b » : le chemin d'une liste finit par []",
                          "4: « c[] » : une liste de groupes a le type list"));
}

TEST(PivotTables, refuse_unknown_lists_and_structures) {
  EXPECT_THAT(faults_of_fields("a,code(couleur),0..1,A,A,b,identity,v2,public,s\n"
                               "b,structure(maison),0..1,A,B,b,identity,v2,public,s\n"),
              ElementsAre("2: la liste « couleur » n'existe pas", "3: la structure « maison » n'existe pas"));
}

TEST(PivotTables, refuse_free_text_and_nir_in_a_milder_class) {
  EXPECT_THAT(
      faults_of_fields("a,freeText(9),0..1,A,A,b,family,v2,public,s\n"
                       "b,nir,0..1,A,B,b,identity,v2,public,s\n"),
      ElementsAre("2: « a » : un texte libre a la classe free-text", "3: « b » : un NIR a la classe nir"));
}

TEST(PivotTables, refuse_a_structure_that_holds_itself_or_serves_nobody) {
  const PivotFolder folder;
  folder.write_structures(
      "adresse,group,0..1,A,Adresse,b,contact,v2,public,s\n"
      "adresse.hote,structure(adresse),0..1,A,Hôte,b,contact,v2,public,s\n"
      "seule,group,0..1,A,Seule,b,contact,v2,public,s\n"
      "tete.nom,text(1),0..1,A,Nom,b,contact,v2,public,s\n");
  const auto tables = read_pivot_tables(folder.path());
  ASSERT_FALSE(tables);
  const std::string file = folder.file("structures.csv");
  EXPECT_THAT(tables.error(),
              ElementsAre(TableFault{file, 5, "la structure « tete » doit commencer par sa ligne group"},
                          TableFault{file, 3, "la structure « adresse » se contient elle-même"},
                          TableFault{file, 4, "la structure « seule » ne sert pas"}));
}

TEST(PivotTables, refuse_a_list_without_field_and_a_row_too_wide) {
  const PivotFolder folder;
  folder.write_list("couleur", "bleu,Bleu, ou vert,v2,,public,s\n");
  const auto tables = read_pivot_tables(folder.path());
  ASSERT_FALSE(tables);
  const std::string file = folder.file("lists/couleur.csv");
  EXPECT_EQ(tables.error().front(),
            (TableFault{file, 2, "plus de cellules que de colonnes (une virgule hors guillemets ?)"}));
  EXPECT_EQ(tables.error().back(), (TableFault{file, 0, "liste dont aucun champ ne se sert"}));
}

TEST(PivotTables, refuse_columns_missing_or_unknown) {
  const PivotFolder folder;
  folder.write("structures.csv", "path,type,cardinality,rubric,label,basis,classe,since,status,source\n");
  const auto tables = read_pivot_tables(folder.path());
  ASSERT_FALSE(tables);
  const std::string file = folder.file("structures.csv");
  EXPECT_EQ(tables.error()[0], (TableFault{file, 1, "colonne « class » absente"}));
  EXPECT_EQ(tables.error()[1], (TableFault{file, 1, "colonne « classe » inconnue"}));
}

TEST(PivotTables, refuse_a_quote_that_is_never_closed) {
  const PivotFolder folder;
  folder.write_list("sexe",
                    "feminin,Féminin,v2,,public,s\nmasculin,\"Masculin,v2,,public,s\nautre,A,v2,,public,s\n");
  const auto tables = read_pivot_tables(folder.path());
  ASSERT_FALSE(tables);
  EXPECT_EQ(tables.error().front(),
            (TableFault{folder.file("lists/sexe.csv"), 3, "guillemet jamais refermé"}));
}

TEST(PivotTables, throw_when_a_file_cannot_be_read) {
  EXPECT_THROW((void)read_pivot_tables("no such folder"), std::system_error);
}

}  // namespace
}  // namespace passerelle::mapping
