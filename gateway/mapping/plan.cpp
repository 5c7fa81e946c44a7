#include "gateway/mapping/plan.hpp"

namespace passerelle::mapping {

bool is_technical(const codec::Shape& pivot, codec::NodeId id) {
  const codec::Node& node = pivot.node(id);
  if (node.parent == codec::Shape::root() && node.holds_value()) return true;  // the version
  for (codec::NodeId at = id; at != codec::Shape::root(); at = pivot.node(at).parent) {
    if (pivot.node(at).kind == codec::NodeKind::map) return true;
  }
  return false;
}

}  // namespace passerelle::mapping
