#include "gateway/mapping/exporter.hpp"

#include "gateway/codec/wire_fit.hpp"
#include "gateway/mapping/address.hpp"
#include "gateway/mapping/complement.hpp"
#include "gateway/mapping/parts.hpp"

namespace passerelle::mapping {
namespace {

using codec::Frame;
using codec::Leaf;
using codec::NodeId;
using codec::Record;
using codec::Value;
using codec::ValueState;
using model::FaultCode;
using model::Faults;

class Export {
 public:
  Export(const Plan& plan, const Record& pivot, Record& external, Tally& tally, Faults& faults)
      : m_plan(plan), m_pivot(pivot), m_external(external), m_tally(tally), m_faults(faults) {}

  void run() {
    for (const Leaf& leaf : m_pivot.leaves()) {
      if (!m_plan.technical[leaf.node]) take(leaf);
    }
    restore_parked(m_plan, m_pivot, m_external);
    if (!m_conditional.empty()) {
      // Conditions may compare what came back, and what they let through may have a parked spelling of its
      // own.
      for (const Leaf* leaf : m_conditional) take_conditional(*leaf);
      restore_parked(m_plan, m_pivot, m_external);
    }
    for (const Leaf* leaf : m_empty) count_empty(*leaf);
    m_external.drop_empty_items();
    for (const PlanLine& line : m_plan.lines) {
      if (line.codec.kind == CodecKind::constant && line.direction != Direction::in) write_constant(line);
    }
    for (const codec::Unplaced& place : m_pivot.unplaced()) {
      m_tally.count_elsewhere(m_pivot.path(*place.frame, place.parent), Outcome::reported, place.leaves);
    }
  }

 private:
  void take(const Leaf& leaf) {
    const bool filled = m_pivot.value(leaf).state() == ValueState::text;
    const bool list = !m_plan.pivot->node(leaf.node).holds_value();
    if (!filled && !list) return m_empty.push_back(&leaf);
    LineId first = no_line;
    bool conditional = false;
    for (const LineId id : m_plan.by_pivot[leaf.node]) {
      const PlanLine& line = m_plan.lines[id];
      if (line.condition) {
        conditional = true;
      } else if (apply(id, line, leaf, first == no_line) && first == no_line) {
        first = id;
      }
    }
    if (first != no_line) return;
    if (conditional) return m_conditional.push_back(&leaf);
    if (list) return m_empty.push_back(&leaf);
    count_unmapped(leaf);
  }

  void take_conditional(const Leaf& leaf) {
    for (const LineId id : m_plan.by_pivot[leaf.node]) {
      const PlanLine& line = m_plan.lines[id];
      const bool meant =
          line.condition && matches(*address_of(line, leaf.node), *leaf.frame, m_pivot, m_ranks);
      if (meant && holds(*line.condition) && apply(id, line, leaf, true)) return;
    }
    count_unmapped(leaf);
  }

  [[nodiscard]] bool holds(const Condition& condition) const {
    const Record& record = condition.external ? m_external : m_pivot;
    const Frame* frame = look_for(condition.place, record, m_ranks);
    const Value value = frame == nullptr ? Value() : record.value(*frame, condition.place.node);
    return (value.reveal() == condition.value) != condition.negated;
  }

  void count_unmapped(const Leaf& leaf) {
    if (m_plan.selects_pivot[leaf.node]) return m_tally.count(0, Outcome::equal);
    const LineId covered = m_plan.covered_by[leaf.node];
    const auto& lines = m_plan.by_pivot[leaf.node];
    if (covered != no_line)
      return m_tally.count(covered, lose(m_plan.lines[covered], leaf, Outcome::reported));
    if (lines.empty()) return m_tally.count_elsewhere(m_pivot.shape().path(leaf.node), Outcome::reported, 1);
    m_tally.count(lines.front(), lose(m_plan.lines[lines.front()], leaf, Outcome::overflow));
  }

  bool apply(LineId id, const PlanLine& line, const Leaf& leaf, bool counts) {
    Frame* target = nullptr;
    if (line.same_ranks) {
      target = &locate_same(line.external.front(), m_external, *leaf.frame);
    } else {
      const Address* source = address_of(line, leaf.node);
      if (!matches(*source, *leaf.frame, m_pivot, m_ranks)) return false;
      target = &locate(line.external.front(), m_external, m_ranks);
    }
    const Outcome outcome = carry(line, leaf, *target);
    if (counts) m_tally.count(id, outcome);
    return true;
  }

  static const Address* address_of(const PlanLine& line, NodeId node) {
    for (const Address& address : line.pivot) {
      if (address.node == node) return &address;
    }
    return nullptr;
  }

  Outcome carry(const PlanLine& line, const Leaf& leaf, Frame& target) {
    if (line.codec.kind == CodecKind::list) return carry_list(line, target);
    if (splits(line.codec.kind)) return carry_parts(line, leaf, target);
    if (line.codec.kind == CodecKind::join) return carry_whole(line, leaf);
    const auto translation = to_external(line.codec, m_pivot.value(leaf).reveal(), m_scratch);
    if (!translation) return lose(line, leaf, Outcome::reported);
    if (translation->fidelity == Fidelity::too_wide) return lose(line, leaf, Outcome::overflow);
    const bool made = translation->value.data() == m_scratch.data();
    const std::string_view value = made ? m_external.keep(translation->value) : translation->value;
    const Outcome outcome = write(line, leaf, target, value);
    return outcome == Outcome::equal ? carried(line, translation->fidelity) : outcome;
  }

  static Outcome carried(const PlanLine& line, Fidelity fidelity) {
    const bool by_line = line.codec.kind != CodecKind::table && line.relation != Relation::equal;
    if (by_line || fidelity == Fidelity::approximate) return Outcome::approximated;
    return fidelity == Fidelity::exact ? Outcome::equal : Outcome::translated;
  }

  Outcome carry_list(const PlanLine& line, Frame& target) {
    const NodeId place = line.external.front().node;
    if (place != target.type->node) {
      m_external.open_group(target, place);
    } else {
      target.kept = true;
    }
    return Outcome::equal;
  }

  Outcome carry_parts(const PlanLine& line, const Leaf& leaf, Frame& target) {
    Parts parts{};
    for (std::size_t i = 0; i < line.pivot.size(); ++i) {
      const Frame* frame = look_for(line.pivot[i], m_pivot, m_ranks);
      if (frame != nullptr) parts[i] = m_pivot.value(*frame, line.pivot[i].node).reveal();
    }
    const std::string_view merged = m_external.keep(merge_parts(line.codec, parts));
    // A street that begins with a number is cut elsewhere on the way back.
    const bool same = split_value(line.codec, merged) == parts;
    const bool done = !m_external.value(target, line.external.front().node).absent();
    const Outcome outcome = done ? Outcome::equal : write(line, leaf, target, merged);
    if (outcome != Outcome::equal) return outcome;
    return carried(line, same ? Fidelity::translated : Fidelity::approximate);
  }

  /// One pivot value for several external places: all of them are written, or none.
  Outcome carry_whole(const PlanLine& line, const Leaf& leaf) {
    const std::string_view whole = m_pivot.value(leaf).reveal();
    const Parts parts = split_value(line.codec, whole);
    if (parts == Parts{}) {
      const bool too_long = whole.size() > joined_width(line.codec);
      return lose(line, leaf, too_long ? Outcome::overflow : Outcome::reported);
    }
    for (std::size_t i = 0; i < line.external.size(); ++i) {
      if (const auto wrong = misfit(line.external[i].node, parts[i])) return lose_unfit(line, leaf, *wrong);
    }
    for (std::size_t i = 0; i < line.external.size(); ++i) {
      Frame& frame = locate(line.external[i], m_external, m_ranks);
      m_external.set(frame, line.external[i].node, Value(parts[i]), leaf.at);
    }
    return carried(line, Fidelity::translated);
  }

  /// Why the place cannot take the value: its type, or the wire.
  [[nodiscard]] std::optional<FaultCode> misfit(NodeId place, std::string_view value) const {
    const codec::Shape& shape = *m_plan.external;
    if (const auto wrong = check_leaf(shape.type(place), value)) return wrong;
    return codec::fits_wire(shape, place, value) ? std::nullopt : std::optional(FaultCode::value_length);
  }

  /// Sets the external value when its type and the wire take it; equal then, the loss otherwise.
  Outcome write(const PlanLine& line, const Leaf& leaf, Frame& target, std::string_view value) {
    const NodeId place = line.external.front().node;
    if (const auto wrong = misfit(place, value)) return lose_unfit(line, leaf, *wrong);
    m_external.set(target, place, Value(value), leaf.at);
    return Outcome::equal;
  }

  Outcome lose_unfit(const PlanLine& line, const Leaf& leaf, FaultCode wrong) {
    const bool too_long = wrong == FaultCode::value_length || wrong == FaultCode::value_range;
    return lose(line, leaf, too_long ? Outcome::overflow : Outcome::reported);
  }

  /// On the way out the pivot itself keeps what the peer cannot take, so `park` only reports.
  Outcome lose(const PlanLine& line, const Leaf& leaf, Outcome otherwise) {
    switch (line.loss) {
      case Loss::park:
      case Loss::report:
        if (otherwise == Outcome::overflow) fault(leaf, FaultCode::mapping_overflow);
        return otherwise;
      case Loss::refuse: fault(leaf, FaultCode::mapping_refused); return Outcome::refused;
      case Loss::by_law: return Outcome::dropped_by_law;
    }
    return otherwise;
  }

  /// A null or an empty object says that something could not be told: it is whole again where the complement
  /// gave the peer its own value back.
  void count_empty(const Leaf& leaf) {
    for (const LineId id : m_plan.by_pivot[leaf.node]) {
      const PlanLine& line = m_plan.lines[id];
      if (!matches(*address_of(line, leaf.node), *leaf.frame, m_pivot, m_ranks)) continue;
      const Address& place = line.external.front();
      const Frame* frame = look_for(place, m_external, m_ranks);
      const bool restored = frame != nullptr && line.codec.kind != CodecKind::list &&
                            !m_external.value(*frame, place.node).absent();
      return m_tally.count(id, restored ? Outcome::translated : Outcome::reported);
    }
    const LineId covered = m_plan.covered_by[leaf.node];
    if (covered != no_line)
      return m_tally.count(covered, lose(m_plan.lines[covered], leaf, Outcome::reported));
    // An empty item only keeps the rank of those after it.
    const bool rank_only = m_pivot.shape().node(leaf.node).repeated();
    m_tally.count_elsewhere(m_pivot.shape().path(leaf.node),
                            rank_only ? Outcome::translated : Outcome::reported, 1);
  }

  /// A constant stands wherever its parent does, over what another line wrote there.
  void write_constant(const PlanLine& line) {
    const Address& place = line.external.front();
    const bool envelope_line = place.levels.empty() && !below_record(place.node);
    const bool envelope = m_external.root_node() == codec::Shape::root();
    if (envelope_line != envelope) return;
    write_constant_below(line, 0, m_external.root());
  }

  void write_constant_below(const PlanLine& line, std::size_t depth, Frame& frame) {
    const auto& [place, levels] = line.external.front();
    if (depth < levels.size()) {
      const codec::List& list = m_external.list(frame, levels[depth].repeated);
      for (std::uint16_t i = 0; i < list.count; ++i) write_constant_below(line, depth + 1, *list.items[i]);
      return;
    }
    if (parent_stands(frame, place)) m_external.set(frame, place, Value(line.codec.first));
  }

  /// Whether the group around the node is there, or must be.
  [[nodiscard]] bool parent_stands(const Frame& frame, NodeId node) const {
    for (NodeId id = m_plan.external->node(node).parent; id != frame.type->node;
         id = m_plan.external->node(id).parent) {
      if (m_external.group_present(frame, id)) return true;
      if (m_plan.external->node(id).min_occurs == 0) return false;
    }
    return true;
  }

  [[nodiscard]] bool below_record(NodeId id) const {
    for (; id != codec::Shape::root(); id = m_plan.external->node(id).parent) {
      if (id == m_plan.external->record()) return true;
    }
    return false;
  }

  void fault(const Leaf& leaf, FaultCode code) {
    m_faults.push_back(model::make_fault(code, m_pivot.path(*leaf.frame, leaf.node), leaf.at));
  }

  const Plan& m_plan;
  const Record& m_pivot;
  Record& m_external;
  Tally& m_tally;
  Faults& m_faults;
  Ranks m_ranks{};
  std::string m_scratch;
  std::vector<const Leaf*> m_conditional;
  std::vector<const Leaf*> m_empty;
};

}  // namespace

void export_record(const Plan& plan, const Record& pivot, Record& external, Tally& tally, Faults& faults) {
  Export(plan, pivot, external, tally, faults).run();
}

}  // namespace passerelle::mapping
