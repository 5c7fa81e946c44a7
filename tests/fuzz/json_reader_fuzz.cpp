// Any bytes are the pivot as JSON over a small shape: reading ends, and what is written reads back without
// fault.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/codec/shape.hpp"
#include "tests/fuzz/rewriting.hpp"

namespace passerelle::codec {
namespace {

NodeId add(Shape& shape, NodeId parent, std::string name, NodeKind kind, std::uint16_t max = 1) {
  Node node;
  node.name = std::move(name);
  node.kind = kind;
  node.min_occurs = 0;
  node.max_occurs = max;
  return shape.add(parent, std::move(node));
}

Shape small_shape() {
  Shape shape("", PathStyle::dots);
  shape.wire.kind = WireKind::json;
  shape.add_type({.name = "text"});
  add(shape, Shape::root(), "pivot", NodeKind::leaf);
  add(shape, add(shape, Shape::root(), "entete", NodeKind::group), "emetteur", NodeKind::leaf);
  const NodeId demande = add(shape, Shape::root(), "demande", NodeKind::group, unbounded);
  shape.set_record(demande);
  add(shape, add(shape, demande, "demandeur", NodeKind::group), "nom", NodeKind::leaf);
  const NodeId list = add(shape, demande, "cotitulaires", NodeKind::array);
  add(shape, add(shape, list, "", NodeKind::group, unbounded), "nom", NodeKind::leaf);
  shape.seal();
  return shape;
}

}  // namespace
}  // namespace passerelle::codec

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace passerelle;
  static const codec::Shape shape = codec::small_shape();
  fuzz::must_settle(shape, {reinterpret_cast<const char*>(data), size});
  return 0;
}
