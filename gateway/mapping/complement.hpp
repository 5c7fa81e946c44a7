// The complement of a peer: what the pivot cannot say, kept in the demande for that peer alone.
#pragma once

#include <string_view>

#include "gateway/codec/record.hpp"
#include "gateway/mapping/plan.hpp"

namespace passerelle::mapping {

/// Keeps the source spelling of an external leaf under its ranked path.
void park(const Plan& plan, const codec::Record& external, const codec::Leaf& leaf, codec::Record& pivot);

/// Keeps a value under a path. The bytes of the value outlive the record's present content.
void add_parked(const Plan& plan, codec::Record& pivot, std::string_view path, codec::Value value,
                model::Position at = {});

/// Takes the complement of the peer out of the record.
void drop_parked(const Plan& plan, codec::Record& pivot);

/// The map that holds the complement of the plan's peer in a record: that of the envelope or of the demande.
[[nodiscard]] codec::NodeId complement_map(const Plan& plan, const codec::Record& pivot);

/// Calls `each(path, value)` for what the peer of the plan parked in this record.
template <typename Each>
void for_each_parked(const Plan& plan, const codec::Record& pivot, Each each) {
  const codec::Shape& shape = *plan.pivot;
  const codec::NodeId map = complement_map(plan, pivot);
  if (map == codec::no_node) return;
  const codec::NodeId entry = shape.node(map).children.front();
  const codec::List& entries = pivot.list(pivot.root(), entry);
  for (std::uint16_t i = 0; i < entries.count; ++i) {
    const codec::Frame& frame = *entries.items[i];
    each(pivot.value(frame, shape.node(entry).children[0]).reveal(),
         pivot.value(frame, shape.node(entry).children[1]).reveal());
  }
}

/// Puts the parked values back into `external`, after the pivot's own values have been exported: a parked
/// spelling only where the pivot still says what it said when it was parked, and never below a list item that
/// the pivot no longer has.
void restore_parked(const Plan& plan, const codec::Record& pivot, codec::Record& external);

}  // namespace passerelle::mapping
