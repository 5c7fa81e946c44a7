#include "gateway/codec/shape.hpp"

#include <algorithm>

namespace passerelle::codec {

Shape::Shape(std::string root_name, PathStyle style) : m_style(style) {
  Node root;
  root.name = std::move(root_name);
  m_nodes.push_back(std::move(root));
  add_type({.name = "text"});
}

NodeId Shape::add(NodeId parent, Node node) {
  const auto id = static_cast<NodeId>(m_nodes.size());
  node.parent = parent;
  m_nodes.push_back(std::move(node));
  m_nodes[parent].children.push_back(id);
  return id;
}

std::uint16_t Shape::add_type(LeafType type) {
  const auto known = std::ranges::find(m_types, type.name, &LeafType::name);
  if (known != m_types.end()) return static_cast<std::uint16_t>(known - m_types.begin());
  m_types.push_back(std::move(type));
  LeafType& kept = m_types.back();
  kept.codes.clear();
  // A short string moves its bytes with it, so the views are taken once the list is where it stays.
  for (const std::string& code : kept.code_order) kept.codes.insert(code);
  return static_cast<std::uint16_t>(m_types.size() - 1);
}

void Shape::seal() {
  lay_out(root(), open_frame(root()));
}

std::uint16_t Shape::open_frame(NodeId node) {
  m_frames.push_back({.node = node, .slots = {}, .groups = {}, .lists = {}});
  return static_cast<std::uint16_t>(m_frames.size() - 1);
}

void Shape::lay_out(NodeId id, std::uint16_t frame) {
  const auto store = [&](std::vector<NodeId> FrameType::*places) {
    auto& stored = m_frames[frame].*places;
    m_nodes[id].frame = frame;
    m_nodes[id].slot = static_cast<std::uint16_t>(stored.size());
    stored.push_back(id);
  };
  const bool opens_own_frame = m_nodes[id].repeated() && id != m_frames[frame].node;
  if (opens_own_frame) {
    store(&FrameType::lists);
    const std::uint16_t own = open_frame(id);
    m_nodes[id].own_frame = own;
    // A repeated leaf lives in slot 0 of its own frame; its list place stays in the frame above.
    if (m_nodes[id].holds_value()) {
      m_frames[own].slots.push_back(id);
      return;
    }
    for (const NodeId child : std::vector<NodeId>(m_nodes[id].children)) lay_out(child, own);
    return;
  }
  store(m_nodes[id].holds_value() ? &FrameType::slots : &FrameType::groups);
  for (const NodeId child : std::vector<NodeId>(m_nodes[id].children)) lay_out(child, frame);
}

NodeId Shape::child(NodeId parent, std::string_view name, bool attribute) const noexcept {
  for (const NodeId id : m_nodes[parent].children) {
    const Node& node = m_nodes[id];
    if ((node.kind == NodeKind::attribute) == attribute && node.name == name) return id;
  }
  return no_node;
}

std::string Shape::path(NodeId id, NodeId from) const {
  std::string written;
  for (NodeId at = id; at != from && at != root(); at = m_nodes[at].parent) {
    const Node& node = m_nodes[at];
    const bool first_step = node.parent == from || node.parent == root();
    std::string step = node.name;
    if (node.kind == NodeKind::attribute) {
      step.insert(0, "@");
    } else if (!first_step && !step.empty()) {
      step.insert(0, m_style == PathStyle::xml ? "/" : ".");
    }
    written.insert(0, step);
  }
  return written;
}

std::optional<NodeId> Shape::find(std::string_view path, NodeId from) const {
  NodeId at = from;
  const std::string_view separators = m_style == PathStyle::xml ? "/@" : ".";
  bool attribute = false;
  while (!path.empty()) {
    if (path.front() == '@') {
      attribute = true;
      path.remove_prefix(1);
    }
    const std::size_t end = std::min(path.find_first_of(separators), path.size());
    at = child(at, path.substr(0, end), attribute);
    if (at == no_node) return std::nullopt;
    path.remove_prefix(end);
    if (!path.empty() && path.front() != '@') path.remove_prefix(1);
  }
  return at;
}

std::vector<NodeId> Shape::repeats(NodeId id) const {
  std::vector<NodeId> found;
  for (NodeId at = id; at != root() && at != m_record; at = m_nodes[at].parent) {
    if (m_nodes[at].repeated()) found.push_back(at);
  }
  std::ranges::reverse(found);
  return found;
}

}  // namespace passerelle::codec
