#include "gateway/mapping/complement.hpp"

#include <algorithm>

#include "gateway/codec/wire_fit.hpp"
#include "gateway/mapping/address.hpp"
#include "gateway/mapping/parts.hpp"

namespace passerelle::mapping {
namespace {

using codec::Frame;
using codec::NodeId;
using codec::Record;
using codec::Value;
using codec::ValueState;

/// The place that a ranked path names, or nothing when the format no longer has it.
std::optional<Address> parse_place(const Plan& plan, const Record& external, std::string_view path) {
  auto expression = parse_path(path, plan.external->style());
  if (!expression) return std::nullopt;
  expression->envelope = external.root_node() == codec::Shape::root();
  std::vector<std::string> variables;
  return resolve(*expression, *plan.external, variables).address;
}

class Restoration {
 public:
  Restoration(const Plan& plan, const Record& pivot, Record& external)
      : m_plan(plan), m_pivot(pivot), m_external(external) {}

  void restore(std::string_view path, std::string_view value) {
    const auto place = parse_place(m_plan, m_external, path);
    if (!place) return;
    if (!m_plan.external->node(place->node).holds_value()) return restore_empty(*place);
    if (!codec::fits_wire(*m_plan.external, place->node, value)) return;
    if (!items_still_there(*place) || !still_says(*place, value)) return;
    Frame& frame = locate(*place, m_external, Ranks{});
    m_external.set(frame, place->node, Value(value));
  }

 private:
  /// A group, a list or an item that stood there with nothing in it.
  void restore_empty(const Address& place) {
    if (!items_still_there(place)) return;
    Frame& frame = locate(place, m_external, Ranks{});
    if (frame.type->node == place.node) {
      frame.kept = true;
    } else {
      m_external.open_group(frame, place.node);
    }
  }

  /// Lists whose items come from the pivot keep the pivot's items.
  [[nodiscard]] bool items_still_there(const Address& place) const {
    const Frame* frame = &m_pivot.root();
    for (const Level& level : place.levels) {
      const NodeId counterpart = m_plan.counterpart[level.repeated];
      if (counterpart == codec::no_node) return true;
      const codec::List& list = m_pivot.list(*frame, counterpart);
      if (level.index >= list.count) return false;
      frame = list.items[level.index];
    }
    return true;
  }

  /// Whether the pivot holds what the parked spelling would give today. A parked value without pivot field
  /// always comes back; one that the pivot could not take comes back while the pivot field is empty.
  [[nodiscard]] bool still_says(const Address& place, std::string_view parked) {
    Ranks ranks{};
    const PlanLine* line = line_at(place, ranks);
    if (line == nullptr || line->pivot.empty()) return true;
    if (splits(line->codec.kind)) return parts_still_say(*line, ranks, split_value(line->codec, parked));
    if (line->codec.kind == CodecKind::join) return whole_still_says(*line, ranks);
    const codec::LeafType& type = m_plan.pivot->type(line->pivot.front().node);
    const auto translation = to_pivot(line->codec, parked, type, m_external);
    const bool taken =
        translation && (line->codec.kind == CodecKind::table || !check_leaf(type, translation->value));
    return pivot_says(line->pivot.front(), ranks, taken ? std::optional(translation->value) : std::nullopt);
  }

  /// Whether the pivot field holds that value, or no value when the pivot could not take it.
  [[nodiscard]] bool pivot_says(const Address& place, const Ranks& ranks,
                                std::optional<std::string_view> taken) const {
    const Value now = pivot_value(place, ranks);
    if (!taken) return now.state() != ValueState::text;
    return now.state() == ValueState::text && now.reveal() == *taken;
  }

  [[nodiscard]] bool parts_still_say(const PlanLine& line, const Ranks& ranks, const Parts& parts) const {
    bool taken = true;
    for (std::size_t i = 0; i < line.pivot.size(); ++i) {
      if (!parts[i].empty() && check_leaf(m_plan.pivot->type(line.pivot[i].node), parts[i])) taken = false;
    }
    for (std::size_t i = 0; i < line.pivot.size(); ++i) {
      const bool part = taken && !parts[i].empty();
      if (!pivot_says(line.pivot[i], ranks, part ? std::optional(parts[i]) : std::nullopt)) return false;
    }
    return true;
  }

  /// The parts of a merged value are parked together, so what they say together is in the complement.
  [[nodiscard]] bool whole_still_says(const PlanLine& line, const Ranks& ranks) const {
    Parts parts{};
    for_each_parked(m_plan, m_pivot, [&](std::string_view path, std::string_view value) {
      const auto place = parse_place(m_plan, m_external, path);
      if (!place) return;
      for (std::size_t i = 0; i < line.external.size(); ++i) {
        if (same_place(line.external[i], *place, ranks)) parts[i] = value;
      }
    });
    const std::string whole = merge_parts(line.codec, parts);
    const codec::LeafType& type = m_plan.pivot->type(line.pivot.front().node);
    const bool taken = !whole.empty() && !check_leaf(type, whole);
    return pivot_says(line.pivot.front(), ranks,
                      taken ? std::optional<std::string_view>(whole) : std::nullopt);
  }

  static bool same_place(const Address& pattern, const Address& place, const Ranks& ranks) {
    Ranks of_place = ranks;
    return pattern.node == place.node && bind(pattern, place, of_place) && of_place == ranks;
  }

  const PlanLine* line_at(const Address& place, Ranks& ranks) const {
    for (const LineId id : m_plan.by_external[place.node]) {
      const PlanLine& line = m_plan.lines[id];
      const auto meant = [&](const Address& external) {
        return external.node == place.node && bind(external, place, ranks);
      };
      if (std::ranges::any_of(line.external, meant)) return &line;
    }
    return nullptr;
  }

  /// Binds the variables of a line to the ranks of a place.
  static bool bind(const Address& pattern, const Address& place, Ranks& ranks) {
    for (std::size_t i = 0; i < pattern.levels.size(); ++i) {
      const Level& level = pattern.levels[i];
      if (level.kind == RankKind::constant && level.index != place.levels[i].index) return false;
      if (level.kind == RankKind::variable) ranks[level.variable] = place.levels[i].index;
    }
    return true;
  }

  [[nodiscard]] Value pivot_value(const Address& address, const Ranks& ranks) const {
    const Frame* frame = look_for(address, m_pivot, ranks);
    if (frame == nullptr) return {};
    return m_pivot.value(*frame, address.node);
  }

  const Plan& m_plan;
  const Record& m_pivot;
  Record& m_external;
};

}  // namespace

codec::NodeId complement_map(const Plan& plan, const Record& pivot) {
  const bool envelope = pivot.root_node() == codec::Shape::root();
  return envelope ? plan.envelope_complement : plan.complement;
}

void park(const Plan& plan, const Record& external, const codec::Leaf& leaf, Record& pivot) {
  const Value value = external.value(leaf);
  add_parked(plan, pivot, ranked_path(external, *leaf.frame, leaf.node), value.absent() ? Value("") : value,
             leaf.at);
}

void add_parked(const Plan& plan, Record& pivot, std::string_view path, Value value, model::Position at) {
  const NodeId entry = plan.pivot->node(complement_map(plan, pivot)).children.front();
  const codec::Node& node = plan.pivot->node(entry);
  Frame& frame = pivot.append(pivot.root(), entry);
  pivot.set(frame, node.children[0], Value(pivot.keep(path)));
  pivot.set(frame, node.children[1], value, at);
}

void drop_parked(const Plan& plan, Record& pivot) {
  const NodeId map = complement_map(plan, pivot);
  const codec::Node& node = plan.pivot->node(map);
  pivot.root().lists[plan.pivot->node(node.children.front()).slot].count = 0;
  pivot.root().groups[node.slot] = false;
  pivot.root().groups[plan.pivot->node(node.parent).slot] = false;
}

void restore_parked(const Plan& plan, const Record& pivot, Record& external) {
  Restoration restoration(plan, pivot, external);
  for_each_parked(plan, pivot,
                  [&](std::string_view path, std::string_view value) { restoration.restore(path, value); });
}

}  // namespace passerelle::mapping
