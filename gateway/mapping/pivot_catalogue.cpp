#include "gateway/mapping/pivot_catalogue.hpp"

#include <limits>

namespace passerelle::mapping {
namespace {

using codec::Node;
using codec::NodeId;
using codec::NodeKind;
using codec::Shape;

constexpr std::uint16_t no_field = std::numeric_limits<std::uint16_t>::max();
constexpr std::string_view envelope_name = "entete";

bool of_envelope(std::string_view path) {
  return path == envelope_name || path.starts_with("entete.");
}

Node optional_node(std::string_view name, NodeKind kind) {
  return {.name = std::string(name), .kind = kind, .children = {}, .min_occurs = 0};
}

}  // namespace

PivotCatalogue::PivotCatalogue(PivotTables tables, std::span<const std::string> peers)
    : m_tables(std::move(tables)), m_shape("pivot", codec::PathStyle::dots) {
  m_shape.wire.kind = codec::WireKind::json;
  codec::LeafType version{.name = std::string(codec::version_member),
                          .code_order = {std::string(pivot_version)}};
  Node pivot = optional_node(codec::version_member, NodeKind::leaf);
  pivot.type = m_shape.add_type(std::move(version));
  m_shape.add(Shape::root(), std::move(pivot));
  Node demande = optional_node("demande", NodeKind::group);
  demande.max_occurs = codec::unbounded;
  m_demande = m_shape.add(Shape::root(), std::move(demande));
  m_shape.set_record(m_demande);
  for (std::size_t rank = 0; rank < m_tables.expanded.size(); ++rank)
    add_field(static_cast<std::uint16_t>(rank));
  add_complements(Shape::root(), peers);
  add_complements(m_demande, peers);
  m_field_of_node.resize(m_shape.size(), no_field);
  m_shape.seal();
}

void PivotCatalogue::add_field(std::uint16_t rank) {
  const PivotField& field = m_tables.expanded[rank];
  NodeId parent = of_envelope(field.path) ? Shape::root() : m_demande;
  if (const std::string_view above = field.parent(); !above.empty()) {
    parent = m_node_of_path.at(above);
    if (m_shape.node(parent).kind == NodeKind::array) parent = item(parent);
  }
  NodeId added = codec::no_node;
  if (field.is_list()) {
    added = add_list(parent, field);
    describe(item(added), rank);
  } else {
    Node node = optional_node(field.name(), field.type.holds_value() ? NodeKind::leaf : NodeKind::group);
    node.min_occurs = field.cardinality.mandatory ? 1 : 0;
    if (field.type.holds_value()) node.type = add_type(field);
    added = m_shape.add(parent, std::move(node));
  }
  describe(added, rank);
  m_node_of_path.emplace(field.path, added);
}

NodeId PivotCatalogue::add_list(NodeId parent, const PivotField& field) {
  Node array = optional_node(field.name(), NodeKind::array);
  array.min_occurs = field.cardinality.mandatory ? 1 : 0;
  Node item = optional_node("", field.type.holds_value() ? NodeKind::leaf : NodeKind::group);
  item.min_occurs = array.min_occurs;
  item.max_occurs = codec::unbounded;
  if (field.type.holds_value()) item.type = add_type(field);
  const NodeId list = m_shape.add(parent, std::move(array));
  m_shape.add(list, std::move(item));
  return list;
}

std::uint16_t PivotCatalogue::add_type(const PivotField& field) {
  codec::LeafType leaf = make_leaf_type(field.type);
  if (field.type.kind == PivotKind::code) {
    for (const Code& code : m_tables.lists.at(field.type.name).codes) leaf.code_order.push_back(code.code);
  }
  return m_shape.add_type(std::move(leaf));
}

void PivotCatalogue::add_complements(NodeId parent, std::span<const std::string> peers) {
  const NodeId complements = m_shape.add(parent, optional_node(codec::complements_member, NodeKind::group));
  for (const std::string& peer : peers) {
    const NodeId map = m_shape.add(complements, optional_node(peer, NodeKind::map));
    Node entry = optional_node("", NodeKind::group);
    entry.max_occurs = codec::unbounded;
    const NodeId pair = m_shape.add(map, std::move(entry));
    m_shape.add(pair, {.name = "key", .kind = NodeKind::leaf, .children = {}});
    m_shape.add(pair, {.name = "value", .kind = NodeKind::leaf, .children = {}});
  }
}

void PivotCatalogue::describe(NodeId node, std::uint16_t rank) {
  if (m_field_of_node.size() <= node) m_field_of_node.resize(node + 1U, no_field);
  m_field_of_node[node] = rank;
}

const PivotField* PivotCatalogue::field(NodeId node) const noexcept {
  const std::uint16_t rank = m_field_of_node[node];
  return rank == no_field ? nullptr : &m_tables.expanded[rank];
}

std::optional<NodeId> PivotCatalogue::node(std::string_view path) const noexcept {
  const auto found = m_node_of_path.find(path);
  if (found == m_node_of_path.end()) return std::nullopt;
  return found->second;
}

const PivotField* PivotCatalogue::find(std::string_view path) const noexcept {
  const auto found = node(path);
  return found ? field(*found) : nullptr;
}

const CodeList* PivotCatalogue::list(NodeId node) const noexcept {
  const PivotField* known = field(node);
  if (known == nullptr || known->type.kind != PivotKind::code) return nullptr;
  return &m_tables.lists.find(known->type.name)->second;
}

std::optional<NodeId> PivotCatalogue::complement(std::string_view peer, bool envelope) const {
  const NodeId above = m_shape.child(envelope ? Shape::root() : m_demande, codec::complements_member);
  const NodeId found = m_shape.child(above, peer);
  if (found == codec::no_node) return std::nullopt;
  return found;
}

tl::expected<PivotCatalogue, TableFaults> load_pivot(const std::string& folder,
                                                     std::span<const std::string> peers) {
  return read_pivot_tables(folder).map(
      [peers](PivotTables&& tables) { return PivotCatalogue(std::move(tables), peers); });
}

}  // namespace passerelle::mapping
