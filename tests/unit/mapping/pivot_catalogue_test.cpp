#include "gateway/mapping/pivot_catalogue.hpp"

#include <gtest/gtest.h>

#include "gateway/codec/record.hpp"
#include "gateway/codec/validate.hpp"
#include "tests/unit/mapping/pivot_folder.hpp"

namespace passerelle::mapping {
namespace {

using codec::NodeKind;
using codec::Shape;

const std::vector<std::string> peers{"sne", "alin"};

TEST(PivotCatalogue, lays_the_demande_under_the_record_and_the_envelope_under_the_root) {
  const PivotFolder folder;
  const auto pivot = load_pivot(folder.path(), peers);
  ASSERT_TRUE(pivot);
  const Shape& shape = pivot->shape();
  EXPECT_EQ(shape.node(*pivot->node("entete")).parent, Shape::root());
  EXPECT_EQ(shape.node(*pivot->node("demandeur")).parent, shape.record());
  EXPECT_EQ(shape.path(*pivot->node("demandeur.adresse.voie"), shape.record()), "demandeur.adresse.voie");
  EXPECT_FALSE(pivot->node("demandeur.prenom"));
  const auto version = shape.child(Shape::root(), "pivot");
  ASSERT_NE(version, codec::no_node);
  EXPECT_TRUE(shape.type(version).codes.contains("1"));
}

TEST(PivotCatalogue, describes_an_array_and_its_items_alike) {
  const PivotFolder folder;
  const auto pivot = load_pivot(folder.path(), peers);
  ASSERT_TRUE(pivot);
  const Shape& shape = pivot->shape();
  const auto array = *pivot->node("enfants[]");
  EXPECT_EQ(shape.node(array).kind, NodeKind::array);
  EXPECT_TRUE(shape.node(pivot->item(array)).repeated());
  EXPECT_EQ(pivot->field(array), pivot->field(pivot->item(array)));
  EXPECT_EQ(pivot->field(array)->label, "Enfants");
  EXPECT_EQ(shape.node(pivot->item(*pivot->node("motifs[]"))).kind, NodeKind::leaf);
  EXPECT_EQ(pivot->list(*pivot->node("enfants[].sexe"))->codes.size(), 2U);
  EXPECT_EQ(pivot->list(array), nullptr);
}

TEST(PivotCatalogue, ends_demande_and_envelope_with_a_complement_for_each_peer) {
  const PivotFolder folder;
  const auto pivot = load_pivot(folder.path(), peers);
  ASSERT_TRUE(pivot);
  const Shape& shape = pivot->shape();
  const auto complement = pivot->complement("alin");
  ASSERT_TRUE(complement);
  EXPECT_EQ(shape.node(*complement).kind, NodeKind::map);
  const auto pair = shape.node(*complement).children.front();
  EXPECT_NE(shape.child(pair, "key"), codec::no_node);
  EXPECT_NE(shape.child(pair, "value"), codec::no_node);
  EXPECT_EQ(shape.node(shape.node(shape.record()).children.back()).name, "complements");
  EXPECT_NE(pivot->complement("sne", true), pivot->complement("sne"));
  EXPECT_FALSE(pivot->complement("inconnu"));
  EXPECT_EQ(pivot->field(*complement), nullptr);
}

TEST(PivotCatalogue, checks_values_by_their_types) {
  const PivotFolder folder;
  const auto pivot = load_pivot(folder.path(), peers);
  ASSERT_TRUE(pivot);
  codec::Record demande(pivot->shape(), pivot->shape().record());
  auto& child = demande.append(demande.root(), pivot->item(*pivot->node("enfants[]")));
  demande.set(child, *pivot->node("enfants[].sexe"), codec::Value("inconnu"));
  demande.set(demande.root(), *pivot->node("demandeur.nom"), codec::Value("ÉÉÉÉÉÉÉÉÉÉ"));
  demande.set(demande.root(), *pivot->node("demandeur.adresse.etage"), codec::Value("100"));
  model::Faults faults;
  codec::validate(demande, faults);
  ASSERT_EQ(faults.size(), 2U);
  EXPECT_EQ(faults[0].code, model::FaultCode::value_code);
  EXPECT_EQ(faults[1].code, model::FaultCode::value_range);
}

TEST(PivotCatalogue, gives_back_the_faults_of_its_tables) {
  const PivotFolder folder;
  folder.write_list("sexe", "");
  const auto pivot = load_pivot(folder.path(), peers);
  ASSERT_FALSE(pivot);
  EXPECT_EQ(pivot.error().front().text, "liste sans aucun code");
}

TEST(ShippedPivot, loads) {
  const auto pivot = load_pivot(PASSERELLE_MAPPINGS "/pivot", peers);
  if (!pivot) {
    for (const TableFault& fault : pivot.error())
      ADD_FAILURE() << fault.file << ":" << fault.line << ": " << fault.text;
    return;
  }
  EXPECT_TRUE(pivot->node("cotitulaires[].ressourcesRecues[].montant"));
}

}  // namespace
}  // namespace passerelle::mapping
