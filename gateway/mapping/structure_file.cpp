#include "gateway/mapping/structure_file.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>

#include "gateway/codec/json/json_plan.hpp"
#include "gateway/codec/limits.hpp"
#include "gateway/mapping/code_list.hpp"
#include "gateway/mapping/peer_type.hpp"
#include "gateway/mapping/pivot_tables.hpp"
#include "gateway/mapping/table_rows.hpp"
#include "gateway/model/ascii.hpp"

namespace passerelle::mapping {
namespace {

using codec::Node;
using codec::NodeId;
using codec::NodeKind;
using codec::Shape;
using codec::WireKind;

constexpr std::array<std::string_view, 7> columns{"path",   "type",   "cardinality", "at",
                                                  "length", "status", "label"};
constexpr int most_bytes = 999'999;

std::optional<std::uint32_t> parse_bytes(std::string_view written) {
  const bool number = model::all_digits(written) && written.size() <= 6;
  const int bytes = number ? model::number_of(written) : 0;
  return bytes >= 1 && bytes <= most_bytes ? std::optional(static_cast<std::uint32_t>(bytes)) : std::nullopt;
}

/// One row, before it has a place in the shape.
struct Row {
  std::string path;  ///< as written
  std::string type;
  Cardinality cardinality;

  [[nodiscard]] bool envelope() const noexcept { return path.starts_with('/'); }
  [[nodiscard]] bool is_list() const noexcept { return path.ends_with("[]"); }
  [[nodiscard]] bool holds_value() const noexcept { return type != "group" && type != "list"; }
  /// Of the group or list that holds it; `/` or nothing at the top.
  [[nodiscard]] std::string parent() const {
    const std::size_t dot = path.rfind('.');
    return dot == std::string::npos ? path.substr(0, envelope() ? 1 : 0) : path.substr(0, dot);
  }
  [[nodiscard]] std::string name() const {
    std::string name = path.substr(parent().size());
    if (name.starts_with('.')) name.erase(0, 1);
    if (name.ends_with("[]")) name.resize(name.size() - 2);
    return name;
  }
};

/// A step that paths of mappings can name: no mark of theirs, no blank at its ends.
bool is_name(std::string_view name) {
  constexpr std::string_view marks = ".[]/|@=()\"\t";
  return !name.empty() && name.front() != ' ' && name.back() != ' ' &&
         name.find_first_of(marks) == std::string_view::npos && name.find(" + ") == std::string_view::npos;
}

class Structure {
 public:
  Structure(std::string_view text, const std::string& file, const codec::WireForm& wire, TableFaults& faults)
      : m_rows(file, text, columns, faults), m_faults(faults), m_shape("", codec::PathStyle::dots) {
    m_shape.wire = wire;
    Node demande{.name = "demande", .kind = NodeKind::group, .children = {}, .min_occurs = 0};
    demande.max_occurs = codec::unbounded;
    m_places[""] = m_shape.add(Shape::root(), std::move(demande));
    m_places["/"] = Shape::root();
    m_shape.set_record(m_places[""]);
  }

  void run() {
    for (m_row = 0; m_row < m_rows.size(); ++m_row) take_row();
    if (m_shape.node(m_shape.record()).children.empty()) {
      m_faults.push_back({m_rows.file(), 0, "aucun champ de la demande"});
      return;
    }
    check_width();
    if (m_shape.wire.kind == WireKind::fixed) check_lines();
  }

  Shape take() {
    m_shape.seal();
    return std::move(m_shape);
  }

 private:
  void refuse(std::string text) { m_faults.push_back(m_rows.fault(m_row, std::move(text))); }
  [[nodiscard]] std::string text(std::string_view column) const { return m_rows.text(m_row, column); }
  [[nodiscard]] bool fixed() const noexcept { return m_shape.wire.kind == WireKind::fixed; }

  void take_row() {
    Row row{.path = text("path"), .type = text("type"), .cardinality = {}};
    row.cardinality =
        m_rows.parsed(m_row, "cardinality", parse_cardinality, m_faults).value_or(Cardinality{});
    if (!is_name(row.name())) return refuse(fmt::format("le chemin « {} » est mal écrit", row.path));
    if (m_places.contains(row.path)) return refuse(fmt::format("« {} » est écrit deux fois", row.path));
    check_row(row);
    const NodeId parent = parent_of(row);
    if (parent != codec::no_node) m_places[row.path] = add(parent, row);
  }

  void check_row(const Row& row) {
    if (row.is_list() != row.cardinality.many)
      refuse(fmt::format("« {} » : seul un chemin en [] a une cardinalité en n", row.path));
    if (row.is_list() ? row.type == "group" : row.type == "list")
      refuse(fmt::format("« {} » : une liste de groupes est en [] et a le type list", row.path));
    if (m_shape.wire.tabular() && !row.envelope() && (row.is_list() || !row.holds_value()))
      refuse(fmt::format("« {} » : une ligne de CSV ou de largeur fixe n'a ni groupe ni liste", row.path));
    if (m_shape.wire.kind == WireKind::csv && row.envelope())
      refuse(fmt::format("« {} » : un CSV n'a pas d'en-tête de fichier", row.path));
    if (text("label").empty()) refuse("la colonne « label » est vide");
    std::string bytes;
    if (m_shape.wire.kind == WireKind::csv && !codec::append_encoded(bytes, row.name(), m_shape.wire.charset))
      refuse(fmt::format("« {} » ne s'écrit pas dans l'encodage du format", row.path));
  }

  NodeId parent_of(const Row& row) {
    const std::string parent = row.parent();
    const auto found = m_places.find(parent);
    if (found == m_places.end()) {
      const bool group_of_envelope = row.envelope() && is_name(std::string_view(parent).substr(1));
      if (group_of_envelope) return m_places[parent] = add_group_of_envelope(parent.substr(1));
      refuse(fmt::format("« {} » : la ligne « {} » manque au-dessus", row.path, parent));
      return codec::no_node;
    }
    const Node& node = m_shape.node(found->second);
    if (node.kind == NodeKind::array) return list_of_groups(row, node);
    if (node.kind == NodeKind::group) return found->second;
    refuse(fmt::format("« {} » : « {} » n'est pas un groupe", row.path, parent));
    return codec::no_node;
  }

  NodeId list_of_groups(const Row& row, const Node& array) {
    if (m_shape.node(array.children.front()).kind == NodeKind::group) return array.children.front();
    refuse(fmt::format("« {} » : une liste de valeurs n'a pas de champs", row.path));
    return codec::no_node;
  }

  /// A group of the envelope needs no row of its own; the first line of a fixed-width file must be there.
  NodeId add_group_of_envelope(std::string name) {
    Node group{.name = std::move(name), .kind = NodeKind::group, .children = {}};
    group.min_occurs = fixed() ? 1 : 0;
    return m_shape.add(Shape::root(), std::move(group));
  }

  NodeId add(NodeId parent, const Row& row) {
    Node node{
        .name = row.name(), .kind = row.holds_value() ? NodeKind::leaf : NodeKind::group, .children = {}};
    node.min_occurs = row.cardinality.mandatory ? 1 : 0;
    const auto status = m_rows.parsed(m_row, "status", parse_evidence, m_faults);
    node.assumption = status == Evidence::assumption;
    node.note = text("label");
    if (row.holds_value()) take_value(node);
    if (!row.is_list()) return m_shape.add(parent, std::move(node));
    Node array = node;
    array.kind = NodeKind::array;
    array.type = 0;
    node.name.clear();
    node.max_occurs = codec::unbounded;
    const NodeId list = m_shape.add(parent, std::move(array));
    m_shape.add(list, std::move(node));
    return list;
  }

  void take_value(Node& node) {
    auto type = m_rows.parsed(m_row, "type", parse_peer_type, m_faults);
    if (type) node.type = m_shape.add_type(std::move(*type));
    if (fixed()) {
      node.at = m_rows.parsed(m_row, "at", parse_bytes, m_faults).value_or(1);
      node.length = m_rows.parsed(m_row, "length", parse_bytes, m_faults).value_or(1);
    } else if (!text("at").empty() || !text("length").empty()) {
      refuse("« at » et « length » ne s'écrivent qu'en largeur fixe");
    }
  }

  void check_width() {
    const bool json = m_shape.wire.kind == WireKind::json;
    const std::size_t limit = json ? codec::most_members : codec::limits::columns;
    for (NodeId id = 0; id < m_shape.size(); ++id) {
      if (m_shape.node(id).children.size() > limit)
        m_faults.push_back({m_rows.file(), 0, fmt::format("plus de {} champs côte à côte", limit)});
    }
  }

  // --- fixed width

  void check_lines() {
    std::vector<NodeId> header;
    for (const NodeId group : m_shape.node(Shape::root()).children) {
      if (group == m_shape.record()) continue;
      const auto& below = m_shape.node(group).children;
      header.insert(header.end(), below.begin(), below.end());
    }
    std::vector<NodeId> demande = m_shape.node(m_shape.record()).children;
    const std::string header_kind = check_line(header);
    const std::string demande_kind = check_line(demande);
    if (header.empty()) return;
    if (header_kind.empty() || demande_kind.empty() || header_kind == demande_kind)
      refuse_file("une ligne d'en-tête et une demande se distinguent par un code(X) placé en 1");
  }

  /// Sorts the fields by place; answers the kind that lines begin with, or nothing.
  std::string check_line(std::vector<NodeId>& fields) {
    std::ranges::sort(fields, {}, [&](NodeId id) { return m_shape.node(id).at; });
    std::uint32_t free_from = 1;
    for (const NodeId id : fields) {
      const Node& node = m_shape.node(id);
      if (!node.holds_value()) {
        refuse_file(fmt::format("« {} » : une ligne n'a pas de groupe dans un groupe", shown(id)));
        continue;
      }
      if (node.at < free_from) refuse_file(fmt::format("« {} » commence sur le champ précédent", shown(id)));
      free_from = std::max(free_from, node.at + node.length);
    }
    if (fields.empty() || m_shape.node(fields.front()).at != 1) return {};
    const auto& codes = m_shape.type(fields.front()).code_order;
    return codes.size() == 1 ? codes.front() : std::string();
  }

  /// The path as the table writes it.
  [[nodiscard]] std::string shown(NodeId id) const {
    const bool envelope = m_shape.node(id).parent != m_shape.record();
    return envelope ? "/" + m_shape.path(id) : m_shape.path(id, m_shape.record());
  }

  void refuse_file(std::string text) { m_faults.push_back({m_rows.file(), 0, std::move(text)}); }

  TableRows m_rows;
  TableFaults& m_faults;
  Shape m_shape;
  std::map<std::string, NodeId> m_places;  ///< by path as written
  std::size_t m_row = 0;
};

}  // namespace

tl::expected<Shape, TableFaults> parse_structure(std::string_view text, const std::string& file,
                                                 const codec::WireForm& wire) {
  TableFaults faults;
  Structure structure(text, file, wire, faults);
  structure.run();
  if (!faults.empty()) return tl::unexpected(std::move(faults));
  return structure.take();
}

tl::expected<Shape, TableFaults> load_structure(const std::string& path, const codec::WireForm& wire) {
  return parse_structure(codec::read_file(path), path, wire);
}

}  // namespace passerelle::mapping
