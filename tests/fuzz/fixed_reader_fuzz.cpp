// Any bytes are a fixed-width file, in UTF-8 and in ISO 8859-1: reading ends, and what is written reads back
// without fault.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "tests/fuzz/rewriting.hpp"

namespace {

using namespace passerelle;
using codec::NodeId;
using codec::NodeKind;
using codec::Shape;

NodeId add_group(Shape& shape, const char* name) {
  return shape.add(Shape::root(), {.name = name, .children = {}, .min_occurs = 0});
}

void add_field(Shape& shape, NodeId parent, codec::Node node, const char* code = nullptr) {
  node.kind = NodeKind::leaf;
  if (code != nullptr) node.type = shape.add_type({.name = code, .code_order = {code}});
  shape.add(parent, node);
}

/// Lines `H` with one field, lines `D` with two and a gap.
Shape small_shape(codec::Charset charset) {
  Shape shape("", codec::PathStyle::dots);
  shape.wire = {.kind = codec::WireKind::fixed, .charset = charset};
  const NodeId entete = add_group(shape, "entete");
  add_field(shape, entete, {.name = "type", .children = {}, .at = 1, .length = 1}, "H");
  add_field(shape, entete, {.name = "emis", .children = {}, .at = 2, .length = 2});
  const NodeId demande = add_group(shape, "demande");
  shape.node(demande).max_occurs = codec::unbounded;
  shape.set_record(demande);
  add_field(shape, demande, {.name = "type", .children = {}, .at = 1, .length = 1}, "D");
  add_field(shape, demande, {.name = "nom", .children = {}, .at = 2, .length = 3});
  add_field(shape, demande, {.name = "ville", .children = {}, .at = 6, .length = 2});
  shape.seal();
  return shape;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Shape utf_8 = small_shape(codec::Charset::utf_8);
  static const Shape latin = small_shape(codec::Charset::iso_8859_1);
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  fuzz::must_settle(utf_8, text);
  fuzz::must_settle(latin, text);
  return 0;
}
