#include "gateway/codec/json/json_plan.hpp"

#include <algorithm>

namespace passerelle::codec {

bool is_versioned(const Shape& shape) noexcept {
  return shape.child(Shape::root(), version_member) != no_node;
}

JsonPlan::JsonPlan(const Shape& shape)
    : m_members(shape.size()), m_in_complements(shape.size()), m_versioned(is_versioned(shape)) {
  for (std::size_t id = 0; id < shape.size(); ++id) {
    const Node& object = shape.node(static_cast<NodeId>(id));
    const bool at_top = object.parent == Shape::root() || object.parent == shape.record();
    // A parent comes before its children.
    m_in_complements[id] = (m_versioned && at_top && object.name == complements_member) ||
                           (object.parent != no_node && m_in_complements[object.parent]);
    if (object.kind != NodeKind::group) continue;
    for (const NodeId child : object.children) {
      const std::string_view key = shape.node(child).name;
      // The records stand beside the envelope, not inside it; the version is not a place of the document.
      const bool top = id == Shape::root() || id == shape.record();
      if (child == shape.record() || (m_versioned && top && key == version_member)) continue;
      m_members[id].push_back({key, child});
    }
    m_widest = std::max(m_widest, m_members[id].size());
  }
}

std::optional<std::size_t> JsonPlan::find(NodeId object, std::string_view key, std::size_t hint) const {
  const std::vector<Member>& members = m_members[object];
  for (std::size_t rank = hint; rank < members.size(); ++rank) {
    if (members[rank].key == key) return rank;
  }
  for (std::size_t rank = 0; rank < std::min(hint, members.size()); ++rank) {
    if (members[rank].key == key) return rank;
  }
  return std::nullopt;
}

}  // namespace passerelle::codec
