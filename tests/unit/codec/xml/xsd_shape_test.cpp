#include "gateway/codec/xml/xsd_shape.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/codec/csv/csv_table.hpp"

namespace passerelle::codec {
namespace {

using testing::ElementsAre;

const std::string data = PASSERELLE_TEST_DATA "/xml/";

const Shape& library() {
  static const Shape shape = load_xsd(data + "schemas/library.xsd", "livre").value();
  return shape;
}

const Node& node(const char* path) {
  return library().node(library().find(path).value());
}

TEST(XsdShape, has_the_elements_of_the_schema_in_order_after_the_attributes) {
  const Shape& shape = library();
  EXPECT_EQ(shape.xml_namespace, "urn:test:bibliotheque");
  EXPECT_EQ(shape.node(Shape::root()).name, "bibliotheque");
  EXPECT_EQ(shape.path(shape.record()), "livre");
  std::vector<std::string> names;
  for (const NodeId id : shape.node(shape.record()).children) names.push_back(shape.node(id).name);
  EXPECT_THAT(names, ElementsAre("ordre", "etat", "cote", "titre", "auteur", "collectif", "parution", "prix",
                                 "pages", "solde", "ecart", "poids", "disponible", "saisie", "don", "achat",
                                 "resume", "motCle", "mesure", "listeExemplaire", "remarque"));
}

TEST(XsdShape, keeps_how_often_each_may_occur) {
  EXPECT_EQ(node("livre").max_occurs, unbounded);
  EXPECT_EQ(node("livre/motCle").max_occurs, 5);
  EXPECT_EQ(node("livre/motCle").min_occurs, 0);
  EXPECT_EQ(node("livre@ordre").min_occurs, 1);
  EXPECT_EQ(node("livre@etat").min_occurs, 0);
}

TEST(XsdShape, gives_the_members_of_a_choice_one_rank) {
  EXPECT_EQ(node("livre/auteur").order, node("livre/collectif").order);
  EXPECT_EQ(node("livre/auteur").choice, node("livre/collectif").choice);
  EXPECT_EQ(node("livre/auteur").min_occurs, 1);
  EXPECT_NE(node("livre/don").choice, node("livre/auteur").choice);
  EXPECT_EQ(node("livre/don").min_occurs, 0);
}

TEST(XsdShape, names_types_as_the_schema_does) {
  const auto type = [](const char* path) { return library().type(*library().find(path)).name; };
  EXPECT_EQ(type("livre/cote"), "Cote");
  EXPECT_EQ(type("livre/poids"), "xs:decimal");
  EXPECT_EQ(type("livre/remarque"), "livre/remarque");
  EXPECT_EQ(type("@version"), "Version=1.0");
}

TEST(XsdShape, narrows_derived_types) {
  const LeafType& remarque = library().type(*library().find("livre/remarque"));
  EXPECT_EQ(remarque.min_length, 1U);
  EXPECT_EQ(remarque.max_length, 12U);
  const LeafType& achat = library().type(*library().find("livre/achat@code"));
  EXPECT_THAT(achat.code_order, ElementsAre("1", "3"));
}

TEST(XsdShape, holds_the_text_beside_attributes_in_a_leaf_without_name) {
  const Node& resume = node("livre/resume");
  ASSERT_EQ(resume.kind, NodeKind::group);
  const Node& text = library().node(resume.children.back());
  EXPECT_EQ(text.name, "");
  EXPECT_EQ(text.kind, NodeKind::leaf);
}

TEST(XsdShape, keeps_notes_and_hands_assumptions_down) {
  EXPECT_EQ(node("livre").note, "Un livre et ses exemplaires");
  EXPECT_EQ(node("livre/resume").note, "Texte et langue");
  EXPECT_TRUE(node("livre/resume").assumption);
  EXPECT_TRUE(node("livre/resume@langue").assumption);
  EXPECT_TRUE(node("livre@etat").assumption);
  EXPECT_EQ(node("livre@etat").note, "État");
  EXPECT_FALSE(node("livre/cote").assumption);
}

TEST(XsdShape, refuses_what_lies_outside_the_subset_with_file_and_line) {
  const CsvTable expected(read_file(data + "refused_schemas/expected.csv"));
  for (std::size_t row = 0; row < expected.size(); ++row) {
    const std::string file = data + "refused_schemas/" + std::string(expected.cell(row, "file"));
    SCOPED_TRACE(file);
    const auto shape = load_xsd(file, "a");
    ASSERT_FALSE(shape.has_value());
    std::string told;
    for (const SchemaFault& fault : shape.error()) {
      told += fmt::format("{}{} {}", told.empty() ? "" : "; ", fault.line, fault.text);
      EXPECT_EQ(std::filesystem::path(fault.file).filename(), expected.cell(row, "file"));
    }
    EXPECT_EQ(told, expected.cell(row, "told"));
  }
}

TEST(XsdShape, refuses_a_record_that_is_not_there) {
  const auto shape = load_xsd(data + "schemas/library.xsd", "entete");
  ASSERT_FALSE(shape.has_value());
  EXPECT_EQ(shape.error().front().text,
            "l'enregistrement entete est absent, ou n'est pas seul et dernier de sa séquence");
}

}  // namespace
}  // namespace passerelle::codec
