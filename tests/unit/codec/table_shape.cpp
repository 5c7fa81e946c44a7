#include "table_shape.hpp"

#include <utility>

namespace passerelle::codec {
namespace {

NodeId add(Shape& shape, NodeId parent, std::string name, NodeKind kind, LeafType type = {.name = "text"}) {
  Node node{.name = std::move(name), .kind = kind, .children = {}, .min_occurs = 0};
  if (node.holds_value()) node.type = shape.add_type(std::move(type));
  return shape.add(parent, std::move(node));
}

NodeId add_record(Shape& shape) {
  const NodeId demande = add(shape, Shape::root(), "demande", NodeKind::group);
  shape.node(demande).max_occurs = unbounded;
  shape.set_record(demande);
  return demande;
}

void put(Shape& shape, NodeId leaf, std::uint32_t at, std::uint32_t length) {
  shape.node(leaf).at = at;
  shape.node(leaf).length = length;
}

}  // namespace

Shape csv_shape(Charset charset, Quoting quoting) {
  Shape shape("", PathStyle::dots);
  shape.wire = {.kind = WireKind::csv, .charset = charset, .separator = ';', .quoting = quoting};
  const NodeId demande = add_record(shape);
  const NodeId nom = add(shape, demande, "NOM", NodeKind::leaf, {.name = "text(10)", .max_length = 10});
  shape.node(nom).min_occurs = 1;
  add(shape, demande, "VILLE", NodeKind::leaf);
  add(shape, demande, "NAISSANCE", NodeKind::leaf, {.name = "date", .lexical = Lexical::date});
  shape.seal();
  return shape;
}

Shape fixed_shape(Charset charset) {
  Shape shape("", PathStyle::dots);
  shape.wire = {.kind = WireKind::fixed, .charset = charset};
  const NodeId entete = add(shape, Shape::root(), "entete", NodeKind::group);
  put(shape, add(shape, entete, "type", NodeKind::leaf, {.name = "code(00)", .code_order = {"00"}}), 1, 2);
  put(shape, add(shape, entete, "emis", NodeKind::leaf), 3, 10);
  const NodeId demande = add_record(shape);
  put(shape, add(shape, demande, "type", NodeKind::leaf, {.name = "code(10)", .code_order = {"10"}}), 1, 2);
  put(shape, add(shape, demande, "nom", NodeKind::leaf), 3, 10);
  put(shape, add(shape, demande, "ville", NodeKind::leaf), 15, 10);
  shape.seal();
  return shape;
}

}  // namespace passerelle::codec
