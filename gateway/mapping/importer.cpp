#include "gateway/mapping/importer.hpp"

#include <algorithm>

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

class Import {
 public:
  Import(const Plan& plan, const Record& external, Record& pivot, Tally& tally, Faults& faults)
      : m_plan(plan), m_external(external), m_pivot(pivot), m_tally(tally), m_faults(faults) {}

  void run() {
    for (const Leaf& leaf : m_external.leaves()) take(leaf);
    // Conditions may compare what unconditional lines have filled, so they run once those have.
    for (const Leaf* leaf : m_conditional) take_conditional(*leaf);
    for (const codec::Unplaced& place : m_external.unplaced()) {
      m_tally.count_elsewhere(m_external.path(*place.frame, place.parent), Outcome::reported, place.leaves);
    }
  }

 private:
  void take(const Leaf& leaf) {
    if (m_external.value(leaf).state() == ValueState::null) return count_null(leaf);
    const auto& lines = m_plan.by_external[leaf.node];
    LineId first = no_line;
    bool conditional = false;
    for (const LineId id : lines) {
      const PlanLine& line = m_plan.lines[id];
      if (line.condition) {
        conditional = true;
      } else if (apply(id, line, leaf, first == no_line)) {
        if (first == no_line) first = id;
      }
    }
    if (first != no_line) return;
    if (conditional) {
      m_conditional.push_back(&leaf);
    } else {
      count_unmapped(leaf);
    }
  }

  /// The null of a peer's JSON says no more than an absent member, and never an empty text.
  void count_null(const Leaf& leaf) {
    const auto& lines = m_plan.by_external[leaf.node];
    if (lines.empty())
      return m_tally.count_elsewhere(m_external.shape().path(leaf.node), Outcome::reported, 1);
    m_tally.count(lines.front(), Outcome::reported);
  }

  void take_conditional(const Leaf& leaf) {
    for (const LineId id : m_plan.by_external[leaf.node]) {
      const PlanLine& line = m_plan.lines[id];
      const bool meant = line.condition && reads(line, leaf);
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

  /// A leaf that no line takes: it tells which item is meant, or it lies outside the slots of the table.
  void count_unmapped(const Leaf& leaf) {
    if (m_plan.selects_external[leaf.node]) return m_tally.count(0, Outcome::equal);
    const auto& lines = m_plan.by_external[leaf.node];
    if (lines.empty()) {
      return m_tally.count_elsewhere(m_external.shape().path(leaf.node), Outcome::reported, 1);
    }
    m_tally.count(lines.front(), lose(m_plan.lines[lines.front()], leaf, Outcome::overflow));
  }

  /// Runs one line on the leaf; false when the line means another item of the list.
  bool apply(LineId id, const PlanLine& line, const Leaf& leaf, bool counts) {
    Frame* target = nullptr;
    if (line.same_ranks) {
      target = &locate_same(line.pivot.front(), m_pivot, *leaf.frame);
    } else {
      if (!reads(line, leaf)) return false;
      if (!line.pivot.empty()) target = &locate(line.pivot.front(), m_pivot, m_ranks);
    }
    const Outcome outcome = target == nullptr ? without_counterpart(line, leaf) : carry(line, leaf, *target);
    if (counts) m_tally.count(id, outcome);
    return true;
  }

  /// Whether the leaf stands at one of the external places of the line; the ranks are then those of the leaf.
  bool reads(const PlanLine& line, const Leaf& leaf) {
    return std::ranges::any_of(line.external, [&](const Address& place) {
      return place.node == leaf.node && matches(place, *leaf.frame, m_external, m_ranks);
    });
  }

  Outcome without_counterpart(const PlanLine& line, const Leaf& leaf) {
    if (line.codec.kind == CodecKind::constant) {
      if (m_external.value(leaf).reveal() == line.codec.first) return Outcome::equal;
      fault(leaf, FaultCode::value_code);
      return Outcome::reported;
    }
    return lose(line, leaf, Outcome::reported);
  }

  Outcome carry(const PlanLine& line, const Leaf& leaf, Frame& target) {
    const NodeId place = line.pivot.front().node;
    if (line.codec.kind == CodecKind::list) return carry_list(line, target, place);
    const std::string_view source = m_external.value(leaf).reveal();
    if (splits(line.codec.kind)) return carry_parts(line, leaf, source);
    if (line.codec.kind == CodecKind::join) return carry_whole(line, leaf, target);
    const auto translation = to_pivot(line.codec, source, m_plan.pivot->type(place), m_pivot);
    if (!translation) return lose_unread(line, leaf);
    if (line.codec.kind != CodecKind::table) {
      if (const auto wrong = check_leaf(m_plan.pivot->type(place), translation->value)) {
        fault(leaf, *wrong);
        return lose(line, leaf, Outcome::reported);
      }
    }
    m_pivot.set(target, place, Value(translation->value), leaf.at);
    return keep_spelling(line, leaf, *translation);
  }

  Outcome carry_list(const PlanLine& line, Frame& target, NodeId place) {
    // Groups and arrays say that they are there; an item of a list is there by its rank already.
    if (line.pivot.front().node != target.type->node) {
      m_pivot.note_empty(target, place);
    } else {
      target.kept = true;
    }
    return Outcome::equal;
  }

  Outcome carry_parts(const PlanLine& line, const Leaf& leaf, std::string_view source) {
    const Parts parts = split_value(line.codec, source);
    if (parts == Parts{}) return lose(line, leaf, Outcome::reported);
    for (std::size_t i = 0; i < line.pivot.size(); ++i) {
      if (const auto wrong = part_fault(line.pivot[i], parts[i])) {
        fault(leaf, *wrong);
        return lose(line, leaf, Outcome::reported);
      }
    }
    for (std::size_t i = 0; i < line.pivot.size(); ++i) {
      if (parts[i].empty()) continue;
      m_pivot.set(locate(line.pivot[i], m_pivot, m_ranks), line.pivot[i].node, Value(parts[i]), leaf.at);
    }
    return keep_spelling(line, leaf, Fidelity::translated, merge_parts(line.codec, parts));
  }

  [[nodiscard]] std::optional<FaultCode> part_fault(const Address& place, std::string_view part) const {
    return part.empty() ? std::nullopt : check_leaf(m_plan.pivot->type(place.node), part);
  }

  /// One of several external leaves that make one pivot value. Each is counted; the first of them that comes
  /// sets the value, and the first of the line tells the fault.
  Outcome carry_whole(const PlanLine& line, const Leaf& leaf, Frame& target) {
    const NodeId place = line.pivot.front().node;
    const Parts parts = parts_at(line);
    const std::string whole = merge_parts(line.codec, parts);
    if (whole.empty()) return lose(line, leaf, Outcome::reported);
    if (const auto wrong = check_leaf(m_plan.pivot->type(place), whole)) {
      if (leaf.node == line.external.front().node) fault(leaf, *wrong);
      return lose(line, leaf, Outcome::reported);
    }
    if (m_pivot.value(target, place).absent())
      m_pivot.set(target, place, Value(m_pivot.keep(whole)), leaf.at);
    const bool identical = split_value(line.codec, whole) == parts;
    const std::string_view source = m_external.value(leaf).reveal();
    return keep_spelling(line, leaf, Fidelity::translated, identical ? std::optional(source) : std::nullopt);
  }

  /// What stands at the external places of a line, at the ranks of the leaf that is being read.
  [[nodiscard]] Parts parts_at(const PlanLine& line) const {
    Parts parts{};
    for (std::size_t i = 0; i < line.external.size(); ++i) {
      const Frame* frame = look_for(line.external[i], m_external, m_ranks);
      if (frame != nullptr) parts[i] = m_external.value(*frame, line.external[i].node).reveal();
    }
    return parts;
  }

  Outcome keep_spelling(const PlanLine& line, const Leaf& leaf, const Translation& translation) {
    const auto back = to_external(line.codec, translation.value, m_scratch);
    return keep_spelling(line, leaf, translation.fidelity, back ? std::optional(back->value) : std::nullopt);
  }

  /// The source spelling is kept wherever writing the pivot value back would give other bytes.
  Outcome keep_spelling(const PlanLine& line, const Leaf& leaf, Fidelity fidelity,
                        std::optional<std::string_view> back) {
    const bool by_line = line.codec.kind != CodecKind::table && line.relation != Relation::equal;
    if (by_line || fidelity == Fidelity::approximate) {
      if (line.loss != Loss::park) return Outcome::approximated;
      park(m_plan, m_external, leaf, m_pivot);
      return Outcome::parked;
    }
    if (back != m_external.value(leaf).reveal()) park(m_plan, m_external, leaf, m_pivot);
    return fidelity == Fidelity::exact ? Outcome::equal : Outcome::translated;
  }

  /// A value that the codec cannot read: told, unless the check of the external type has done so.
  Outcome lose_unread(const PlanLine& line, const Leaf& leaf) {
    if (const auto wrong = unread_fault(line.codec.kind)) fault(leaf, *wrong);
    return lose(line, leaf, Outcome::reported);
  }

  Outcome lose(const PlanLine& line, const Leaf& leaf, Outcome otherwise) {
    switch (line.loss) {
      case Loss::park: park(m_plan, m_external, leaf, m_pivot); return Outcome::parked;
      case Loss::report:
        if (otherwise == Outcome::overflow) fault(leaf, FaultCode::mapping_overflow);
        return otherwise;
      case Loss::refuse: fault(leaf, FaultCode::mapping_refused); return Outcome::refused;
      case Loss::by_law: return Outcome::dropped_by_law;
    }
    return otherwise;
  }

  void fault(const Leaf& leaf, FaultCode code) {
    std::string path = m_external.path(*leaf.frame, leaf.node);
    const auto same = [&](const model::Fault& known) { return known.at == leaf.at && known.path == path; };
    const bool told =
        code != FaultCode::mapping_refused && std::any_of(m_faults.begin(), m_faults.end(), same);
    if (told) return;
    m_faults.push_back(model::make_fault(code, std::move(path), leaf.at));
  }

  const Plan& m_plan;
  const Record& m_external;
  Record& m_pivot;
  Tally& m_tally;
  Faults& m_faults;
  Ranks m_ranks{};
  std::string m_scratch;
  std::vector<const Leaf*> m_conditional;
};

}  // namespace

void import_record(const Plan& plan, const Record& external, Record& pivot, Tally& tally, Faults& faults) {
  Import(plan, external, pivot, tally, faults).run();
}

}  // namespace passerelle::mapping
