#include "sample_shape.hpp"

#include <utility>

namespace passerelle::codec {
namespace {

NodeId add(Shape& shape, NodeId parent, std::string name, NodeKind kind, std::uint16_t type = 0) {
  Node node;
  node.name = std::move(name);
  node.kind = kind;
  node.type = type;
  node.min_occurs = 0;
  return shape.add(parent, std::move(node));
}

NodeId repeated(Shape& shape, NodeId node) {
  shape.node(node).max_occurs = unbounded;
  return node;
}

void add_map(Shape& shape, NodeId parent, std::string name) {
  const NodeId map = add(shape, parent, std::move(name), NodeKind::map);
  const NodeId entry = repeated(shape, add(shape, map, "", NodeKind::group));
  add(shape, entry, "key", NodeKind::leaf);
  add(shape, entry, "value", NodeKind::leaf);
}

NodeId add_objects(Shape& shape, NodeId parent, std::string name) {
  return repeated(shape,
                  add(shape, add(shape, parent, std::move(name), NodeKind::array), "", NodeKind::group));
}

}  // namespace

Shape sample_shape() {
  Shape shape("", PathStyle::dots);
  shape.wire.kind = WireKind::json;
  const auto date = shape.add_type({.name = "date", .lexical = Lexical::date});
  const auto yes_no = shape.add_type({.name = "boolean", .lexical = Lexical::boolean});
  const auto whole =
      shape.add_type({.name = "integer", .lexical = Lexical::integer, .minimum = 0, .maximum = 99});
  const auto motive = shape.add_type({.name = "motif", .code_order = {"sansLogement", "divorce"}});
  add(shape, Shape::root(), "pivot", NodeKind::leaf);
  const NodeId header = add(shape, Shape::root(), "entete", NodeKind::group);
  add(shape, header, "emetteur", NodeKind::leaf);
  add_map(shape, add(shape, Shape::root(), "complements", NodeKind::group), "sne");
  const NodeId demande = repeated(shape, add(shape, Shape::root(), "demande", NodeKind::group));
  shape.set_record(demande);
  add(shape, demande, "numeroUnique", NodeKind::leaf);
  const NodeId applicant = add(shape, demande, "demandeur", NodeKind::group);
  add(shape, applicant, "nom", NodeKind::leaf);
  add(shape, applicant, "dateNaissance", NodeKind::leaf, date);
  add(shape, applicant, "majeur", NodeKind::leaf, yes_no);
  add(shape, applicant, "enfants", NodeKind::leaf, whole);
  repeated(shape, add(shape, add(shape, demande, "motifs", NodeKind::array), "", NodeKind::leaf, motive));
  const NodeId joint = add_objects(shape, demande, "cotitulaires");
  add(shape, joint, "nom", NodeKind::leaf);
  const NodeId income = add_objects(shape, joint, "ressources");
  add(shape, income, "nature", NodeKind::leaf);
  add(shape, income, "montant", NodeKind::leaf);
  const NodeId complements = add(shape, demande, "complements", NodeKind::group);
  add_map(shape, complements, "sne");
  add_map(shape, complements, "alin");
  shape.seal();
  return shape;
}

}  // namespace passerelle::codec
