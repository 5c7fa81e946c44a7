// A compiled mapping: every line resolved against both shapes, ready to run.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/codec/shape.hpp"
#include "gateway/mapping/field_line.hpp"
#include "gateway/mapping/value_codec.hpp"

namespace passerelle::mapping {

using LineId = std::uint16_t;
inline constexpr LineId no_line = 0xffff;

/// One comparison on a leaf of either side.
struct Condition {
  bool external = false;
  Address place;
  bool negated = false;
  std::string value;
};

struct PlanLine {
  std::string where;  ///< `file:line` of the table, as receipts name it
  std::string path;   ///< external path, or the pivot path when there is none
  std::string basis;  ///< legal text or source; empty: none named
  Relation relation = Relation::equal;
  Loss loss = Loss::report;
  Direction direction = Direction::both;
  ValueCodec codec;
  std::vector<Address> external;  ///< empty: no counterpart; several: they are merged
  std::vector<Address> pivot;     ///< empty: no counterpart; several: one external field is split
  std::optional<Condition> condition;
  bool same_ranks = false;  ///< every level is the same variable at the same depth on both sides
};

/// Immutable and shared by threads. The shapes outlive it.
struct Plan {
  std::string peer;     ///< `sne`
  std::string version;  ///< `02.01`
  std::string message;  ///< `CRE`
  std::string title;
  const codec::Shape* external = nullptr;
  const codec::Shape* pivot = nullptr;
  std::vector<PlanLine> lines;
  std::vector<std::vector<LineId>> by_external;  ///< per external node: lines that read it, in table order
  std::vector<std::vector<LineId>> by_pivot;     ///< per pivot node: lines that read it, in table order
  std::vector<bool> technical;                   ///< per pivot node: see is_technical
  std::vector<LineId> covered_by;                ///< per pivot node: the line that says it has no counterpart
  std::vector<bool> selects_external;      ///< per external node: it only tells which item of a list is meant
  std::vector<bool> selects_pivot;         ///< the same for pivot nodes
  std::vector<codec::NodeId> counterpart;  ///< per external repeated node: the pivot one with the same ranks
  codec::NodeId complement = codec::no_node;             ///< the pivot map that keeps this peer's complement
  codec::NodeId envelope_complement = codec::no_node;    ///< the same for the envelope
  std::vector<std::shared_ptr<const CodeTable>> tables;  ///< what the codecs of the lines refer to

  /// `sne@02.01:CRE`
  [[nodiscard]] std::string name() const { return peer + "@" + version + ":" + message; }
};

/// Whether a pivot node belongs to the format itself (version, complements) and not to the demande: never
/// mapped, never counted.
[[nodiscard]] bool is_technical(const codec::Shape& pivot, codec::NodeId id);

}  // namespace passerelle::mapping
