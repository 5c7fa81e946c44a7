#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

#include "gateway/codec/validate.hpp"
#include "gateway/generation/shape_generator.hpp"
#include "tests/laws/laws_count.hpp"

namespace passerelle::laws {
namespace {

using codec::LeafType;
using codec::Lexical;
using codec::NodeId;
using codec::NodeKind;
using codec::Pattern;
using codec::Record;
using codec::Shape;
using generation::Dice;
using generation::sample_value;
using generation::ShapeGenerator;

struct Occurs {
  std::uint16_t min = 0;
  std::uint16_t max = 1;
  std::uint8_t choice = 0;
};

codec::Node place(std::string name, Occurs occurs) {
  codec::Node node;
  node.name = std::move(name);
  node.min_occurs = occurs.min;
  node.max_occurs = occurs.max;
  node.choice = occurs.choice;
  return node;
}

NodeId add_group(Shape& shape, NodeId parent, std::string name, Occurs occurs) {
  return shape.add(parent, place(std::move(name), occurs));
}

NodeId add_leaf(Shape& shape, NodeId parent, LeafType type, codec::Node node) {
  if (node.kind == NodeKind::group) node.kind = NodeKind::leaf;
  node.type = shape.add_type(std::move(type));
  return shape.add(parent, std::move(node));
}

NodeId add_attribute(Shape& shape, NodeId parent, LeafType type, codec::Node node) {
  node.kind = NodeKind::attribute;
  return add_leaf(shape, parent, std::move(type), std::move(node));
}

LeafType type_with_patterns(std::string name, Lexical lexical,
                            std::initializer_list<std::string_view> patterns) {
  LeafType type{.name = std::move(name), .lexical = lexical};
  for (const std::string_view pattern : patterns) type.patterns.push_back(Pattern::compile(pattern).value());
  return type;
}

void add_one_leaf_of_each_type(Shape& shape, NodeId parent) {
  const LeafType types[] = {
      {.name = "text"},
      {.name = "court", .min_length = 2, .max_length = 3},
      {.name = "liste", .code_order = {"M", "C", "V"}},
      {.name = "booleen", .lexical = Lexical::boolean},
      {.name = "entier", .lexical = Lexical::integer, .minimum = -3, .maximum = 99},
      {.name = "positif", .lexical = Lexical::integer, .minimum = 1},
      {.name = "montantLibre", .lexical = Lexical::decimal, .minimum = 0},
      type_with_patterns("montantSimple", Lexical::decimal, {R"(\d{1,7})", R"(\d{1,7}\.\d{2})"}),
      type_with_patterns("dateCivile", Lexical::date, {R"(\d{4}-\d{2}-\d{2})"}),
      {.name = "horodatage", .lexical = Lexical::date_time},
      type_with_patterns("cle", Lexical::text, {R"([A-Z]{2}\d{1,3}|[^a]x?-.{0,4})"}),
      type_with_patterns("Nir", Lexical::text, {R"([1-478]\d{4}[0-9A-Z]{2}\d{8})"}),
      type_with_patterns("Siret", Lexical::text, {R"(\d{14})"}),
  };
  for (const LeafType& type : types) {
    const std::string name = type.name;
    add_leaf(shape, parent, type, place(name, {}));
  }
}

/// An XML shape with attributes, simple content, required and optional choices, lists, groups that may and
/// may not be empty.
Shape peer_shape() {
  Shape shape("fichier", codec::PathStyle::xml);
  add_attribute(shape, Shape::root(), {.name = "v", .code_order = {"1"}}, place("version", {.min = 1}));
  const NodeId record = add_group(shape, Shape::root(), "demande", {.max = codec::unbounded});
  shape.set_record(record);
  add_one_leaf_of_each_type(shape, add_group(shape, record, "personne", {.min = 1}));
  const NodeId coded = add_group(shape, record, "motif", {.min = 1, .max = 3});
  add_attribute(shape, coded, {.name = "code", .code_order = {"01", "02"}}, place("code", {.min = 1}));
  add_leaf(shape, coded, {.name = "text"}, place("", {}));
  const LeafType one{.name = "un", .code_order = {"1"}};
  add_leaf(shape, record, one, place("siren", {.min = 1, .choice = 1}));
  add_leaf(shape, record, one, place("siret", {.min = 1, .choice = 1}));
  const NodeId other = add_group(shape, record, "autre", {.min = 1, .choice = 1});
  add_leaf(shape, other, one, place("nom", {.min = 1}));
  add_leaf(shape, record, one, place("fixe", {.max = 2, .choice = 2}));
  add_leaf(shape, record, one, place("mobile", {.choice = 2}));
  const NodeId list = add_group(shape, record, "listeRessource", {});
  const NodeId item = add_group(shape, list, "ressource", {.max = codec::unbounded});
  add_leaf(shape, item, one, place("montant", {.min = 1}));
  shape.seal();
  return shape;
}

std::string written(const Record& record) {
  std::string text;
  for (const codec::Leaf& leaf : record.leaves()) {
    text += record.path(*leaf.frame, leaf.node) + "=" + std::string(record.value(leaf).reveal()) + "\n";
  }
  return text;
}

/// FNV-1a, to keep the text of many documents in one number.
std::uint64_t fingerprint(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return hash;
}

TEST(ShapeGeneratorLaws, every_document_is_legal) {
  const Shape shape = peer_shape();
  const ShapeGenerator generator(shape);
  Record record(shape, shape.record());
  for (std::uint64_t seed = 0; seed < laws_count(); ++seed) {
    generator.fill(record, seed);
    model::Faults faults;
    codec::validate(record, faults);
    for (const model::Fault& fault : faults)
      ADD_FAILURE() << model::catalogue_entry(fault.code).code << fault.path;
    if (HasFailure()) FAIL() << "seed " << seed;
  }
}

TEST(ShapeGeneratorLaws, every_place_is_visited_full_and_where_legal_empty) {
  const Shape shape = peer_shape();
  const ShapeGenerator generator(shape);
  Record record(shape, shape.record());
  std::set<std::string> full;
  std::set<std::string> empty;
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    generator.fill(record, seed);
    for (const codec::Leaf& leaf : record.leaves()) {
      (record.value(leaf).reveal().empty() ? empty : full).insert(shape.path(leaf.node, shape.record()));
    }
  }
  std::size_t leaves = 0;
  for (NodeId id = 2; id < shape.size(); ++id) leaves += shape.node(id).holds_value() ? 1U : 0U;
  EXPECT_EQ(full.size(), leaves);
  EXPECT_THAT(empty, testing::ElementsAre("listeRessource", "personne", "personne/text"));
}

TEST(ShapeGeneratorLaws, the_same_seed_gives_the_same_document_on_every_machine) {
  const Shape shape = peer_shape();
  const ShapeGenerator generator(shape);
  Record record(shape, shape.record());
  std::string all;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    generator.fill(record, seed);
    all += written(record);
  }
  EXPECT_EQ(fingerprint(all), 6664930234996538168U);
}

TEST(ShapeGeneratorLaws, a_type_without_any_value_is_named) {
  const LeafType none{.name = "impossible", .min_length = 5, .max_length = 3};
  Dice dice(1);
  try {
    static_cast<void>(sample_value(none, nullptr, {}, dice));
    FAIL();
  } catch (const std::logic_error& error) {
    EXPECT_STREQ(error.what(), "no legal value found of the type impossible");
  }
}

}  // namespace
}  // namespace passerelle::laws
