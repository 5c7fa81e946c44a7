// The shape that the fuzzers of XML read documents over.
#pragma once

#include <cstdint>

#include "gateway/codec/shape.hpp"

namespace passerelle::fuzz {

/// `r@v`, `r/h`, records `d` with a code, groups `l` of `a` and several `b`, and text beside an attribute.
inline codec::Shape small_xml_shape() {
  codec::Shape shape("r", codec::PathStyle::xml);
  shape.xml_namespace = "urn:x";
  const auto add = [&shape](codec::NodeId parent, const char* name, codec::NodeKind kind, std::uint16_t most,
                            std::uint16_t order) {
    codec::Node node;
    node.name = name;
    node.kind = kind;
    node.max_occurs = most;
    node.order = order;
    return shape.add(parent, node);
  };
  add(codec::Shape::root(), "v", codec::NodeKind::attribute, 1, 0);
  add(codec::Shape::root(), "h", codec::NodeKind::leaf, 1, 0);
  const codec::NodeId record = add(codec::Shape::root(), "d", codec::NodeKind::group, codec::unbounded, 1);
  add(record, "k", codec::NodeKind::attribute, 1, 0);
  const codec::NodeId item = add(record, "l", codec::NodeKind::group, 9, 0);
  add(item, "a", codec::NodeKind::leaf, 1, 0);
  add(item, "b", codec::NodeKind::leaf, 3, 1);
  const codec::NodeId text = add(record, "t", codec::NodeKind::group, 1, 1);
  add(text, "k", codec::NodeKind::attribute, 1, 0);
  add(text, "", codec::NodeKind::leaf, 1, 0);
  shape.set_record(record);
  shape.seal();
  return shape;
}

}  // namespace passerelle::fuzz
