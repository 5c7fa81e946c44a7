#include "gateway/mapping/structure_file.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace passerelle::mapping {
namespace {

using codec::NodeKind;
using codec::WireKind;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

auto load(WireKind kind, std::string_view rows, codec::Charset charset = codec::Charset::utf_8) {
  const std::string text = fmt::format("path,type,cardinality,at,length,status,label\n{}", rows);
  return parse_structure(text, "s.csv", {.kind = kind, .charset = charset});
}

std::vector<std::string> faults(WireKind kind, std::string_view rows,
                                codec::Charset charset = codec::Charset::utf_8) {
  std::vector<std::string> found;
  const auto shape = load(kind, rows, charset);
  if (shape) return found;
  for (const TableFault& fault : shape.error()) found.push_back(fmt::format("{} {}", fault.line, fault.text));
  return found;
}

TEST(StructureFile, of_a_csv_holds_columns) {
  const auto shape = load(WireKind::csv,
                          "Nom,text(20),1,,,public,Nom de naissance\n"
                          "NÉ LE,date(JJ/MM/AAAA),0..1,,,assumption,Date\n");
  ASSERT_TRUE(shape);
  const auto& columns = shape->node(shape->record()).children;
  ASSERT_EQ(columns.size(), 2U);
  EXPECT_EQ(shape->node(columns[0]).min_occurs, 1);
  EXPECT_FALSE(shape->node(columns[0]).assumption);
  EXPECT_EQ(shape->node(columns[0]).note, "Nom de naissance");
  EXPECT_EQ(shape->node(columns[1]).name, "NÉ LE");
  EXPECT_TRUE(shape->node(columns[1]).assumption);
  EXPECT_EQ(shape->type(columns[1]).name, "date(JJ/MM/AAAA)");
}

TEST(StructureFile, of_json_holds_groups_and_lists) {
  const auto shape = load(WireKind::json,
                          "/entete.version,code(1),1,,,assumption,Version\n"
                          "salarie,group,1,,,assumption,Salarié\n"
                          "salarie.siret,siret,0..1,,,assumption,Employeur\n"
                          "offres[],list,1..n,,,assumption,Offres\n"
                          "offres[].loyer,amount,0..1,,,assumption,Loyer\n"
                          "motifs[],code(A|B),0..n,,,assumption,Motifs\n");
  ASSERT_TRUE(shape);
  const auto demande = shape->record();
  EXPECT_TRUE(shape->find("entete.version"));
  EXPECT_TRUE(shape->find("salarie.siret", demande));
  const auto offres = shape->node(*shape->find("offres", demande));
  EXPECT_EQ(offres.kind, NodeKind::array);
  EXPECT_EQ(offres.min_occurs, 1);
  EXPECT_TRUE(shape->node(offres.children.front()).repeated());
  EXPECT_EQ(shape->node(shape->node(offres.children.front()).children.front()).name, "loyer");
  const auto motifs = shape->node(*shape->find("motifs", demande));
  EXPECT_EQ(shape->node(motifs.children.front()).kind, NodeKind::leaf);
}

TEST(StructureFile, of_fixed_width_places_fields_in_lines) {
  const auto shape = load(WireKind::fixed,
                          "/entete.type,code(00),1,1,2,assumption,Type\n"
                          "type,code(10),1,1,2,assumption,Type\n"
                          "nom,text(20),1,5,20,assumption,Nom\n");
  ASSERT_TRUE(shape);
  const auto nom = shape->find("nom", shape->record());
  EXPECT_EQ(shape->node(*nom).at, 5U);
  EXPECT_EQ(shape->node(*nom).length, 20U);
  EXPECT_EQ(shape->node(*shape->find("entete")).min_occurs, 1);
}

TEST(StructureFile, tells_every_fault_at_once_with_its_line) {
  EXPECT_THAT(
      faults(WireKind::json,
             "a,texte,1,,,assumption,A\n"
             "b,date,2,,,assumption,B\n"
             "c[],date,0..1,,,assumption,C\n"
             "d,list,0..1,,,assumption,D\n"
             "e,date,1,,,peut-être,E\n"
             "f,date,1,,,assumption,\n"
             "g.h,date,1,,,assumption,H\n"
             "b,date,1,,,assumption,B\n"
             "i,date,1,3,4,assumption,I\n"
             "b.j,date,1,,,assumption,J\n"
             " k,date,1,,,assumption,K\n"),
      ElementsAre("2 la colonne « type » ne peut pas valoir « texte »",
                  "3 la colonne « cardinality » ne peut pas valoir « 2 »",
                  "4 « c[] » : seul un chemin en [] a une cardinalité en n",
                  "5 « d » : une liste de groupes est en [] et a le type list",
                  "6 la colonne « status » ne peut pas valoir « peut-être »",
                  "7 la colonne « label » est vide", "8 « g.h » : la ligne « g » manque au-dessus",
                  "9 « b » est écrit deux fois", "10 « at » et « length » ne s'écrivent qu'en largeur fixe",
                  "11 « b.j » : « b » n'est pas un groupe", "12 le chemin «  k » est mal écrit"));
}

TEST(StructureFile, of_lines_has_neither_group_nor_list) {
  EXPECT_THAT(faults(WireKind::csv, "a,group,1,,,assumption,A\nb[],date,0..n,,,assumption,B\n"),
              ElementsAre("2 « a » : une ligne de CSV ou de largeur fixe n'a ni groupe ni liste",
                          "3 « b[] » : une ligne de CSV ou de largeur fixe n'a ni groupe ni liste"));
  EXPECT_THAT(faults(WireKind::csv, "/entete.a,date,1,,,assumption,A\nb,date,1,,,assumption,B\n"),
              ElementsAre("2 « /entete.a » : un CSV n'a pas d'en-tête de fichier"));
  EXPECT_THAT(faults(WireKind::csv, "ễ,date,1,,,assumption,A\n", codec::Charset::windows_1252),
              ElementsAre("2 « ễ » ne s'écrit pas dans l'encodage du format"));
}

TEST(StructureFile, of_fixed_width_refuses_fields_on_one_another) {
  EXPECT_THAT(faults(WireKind::fixed,
                     "a,text(9),1,1,4,assumption,A\n"
                     "b,text(9),1,4,2,assumption,B\n"
                     "c,text(9),1,0,,assumption,C\n"),
              UnorderedElementsAre("4 la colonne « at » ne peut pas valoir « 0 »",
                                   "4 la colonne « length » ne peut pas valoir «  »",
                                   "0 « b » commence sur le champ précédent",
                                   "0 « c » commence sur le champ précédent"));
}

TEST(StructureFile, of_fixed_width_with_an_envelope_needs_kinds_of_line) {
  EXPECT_THAT(
      faults(WireKind::fixed, "/entete.emis,date,1,1,10,assumption,A\nnom,text(9),1,1,9,assumption,B\n"),
      ElementsAre("0 une ligne d'en-tête et une demande se distinguent par un code(X) placé en 1"));
}

TEST(StructureFile, without_a_field_is_refused) {
  EXPECT_THAT(faults(WireKind::csv, ""), ElementsAre("0 aucun champ de la demande"));
}

}  // namespace
}  // namespace passerelle::mapping
