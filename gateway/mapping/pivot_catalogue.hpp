// The pivot in memory: the shape of its documents and what is known of each place.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <unordered_map>
#include <vector>

#include "gateway/codec/json/json_plan.hpp"
#include "gateway/codec/shape.hpp"
#include "gateway/mapping/pivot_tables.hpp"

namespace passerelle::mapping {

/// The version of the pivot that documents carry in their member `pivot`.
inline constexpr std::string_view pivot_version = codec::version_value;

/// The shape has at its root `pivot`, `entete`, `complements` and the repeated record `demande`; in a demande
/// the fields, then `complements`, which holds one map for each peer. Records keep a pointer to the shape:
/// the catalogue must stay where it is as long as one of them lives.
class PivotCatalogue {
 public:
  /// Builds the shape from tables that have no fault.
  PivotCatalogue(PivotTables tables, std::span<const std::string> peers);

  [[nodiscard]] const codec::Shape& shape() const noexcept { return m_shape; }
  /// Every place that the tables write, in the order in which JSON is written.
  [[nodiscard]] std::span<const PivotField> fields() const noexcept { return m_tables.expanded; }
  [[nodiscard]] const PivotTables& tables() const noexcept { return m_tables; }

  /// What the tables say of a node: of a list for its array and for its items; nothing for `pivot`, `demande`
  /// and the complements, which no table writes.
  [[nodiscard]] const PivotField* field(codec::NodeId node) const noexcept;
  /// The field at a path written without ranks (`cotitulaires[].nom`), or nothing.
  [[nodiscard]] const PivotField* find(std::string_view path) const noexcept;
  /// The node of that field; of a list, its array: `item` goes on to what it holds.
  [[nodiscard]] std::optional<codec::NodeId> node(std::string_view path) const noexcept;
  /// The repeated node of an array.
  [[nodiscard]] codec::NodeId item(codec::NodeId array) const noexcept {
    return m_shape.node(array).children.front();
  }
  /// The code list of a node whose type is a code, or nothing.
  [[nodiscard]] const CodeList* list(codec::NodeId node) const noexcept;
  /// The complement of a peer, in the demande or in the envelope; nothing for a peer not named at loading.
  [[nodiscard]] std::optional<codec::NodeId> complement(std::string_view peer, bool envelope = false) const;

 private:
  using NodeId = codec::NodeId;

  void add_field(std::uint16_t rank);
  NodeId add_list(NodeId parent, const PivotField& field);
  std::uint16_t add_type(const PivotField& field);
  void add_complements(NodeId parent, std::span<const std::string> peers);
  void describe(NodeId node, std::uint16_t rank);

  PivotTables m_tables;
  codec::Shape m_shape;
  NodeId m_demande = codec::no_node;
  std::vector<std::uint16_t> m_field_of_node;
  std::unordered_map<std::string_view, NodeId> m_node_of_path;  // views into the tables
};

/// Reads the tables of the folder (mappings/pivot) and builds the catalogue; `peers` are the peers that may
/// have a complement. Answers every fault of the tables at once; throws std::system_error when a file cannot
/// be read.
[[nodiscard]] tl::expected<PivotCatalogue, TableFaults> load_pivot(const std::string& folder,
                                                                   std::span<const std::string> peers);

}  // namespace passerelle::mapping
