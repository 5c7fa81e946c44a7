#include "gateway/mapping/coverage.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <set>
#include <tuple>

namespace passerelle::mapping {
namespace {

using codec::Node;
using codec::NodeId;
using codec::NodeKind;
using codec::Shape;

/// Whether an element may stand there with nothing inside: then its presence says something and needs a line.
bool may_be_empty(const Shape& shape, NodeId id) {
  const Node& node = shape.node(id);
  if (node.holds_value() || node.kind == NodeKind::map) return false;
  const auto optional = [&](NodeId child) { return shape.node(child).min_occurs == 0; };
  return std::ranges::all_of(node.children, optional);
}

class Coverage {
 public:
  Coverage(const Plan& plan, const std::string& file, TableFaults& faults)
      : m_plan(plan), m_external(*plan.external), m_pivot(*plan.pivot), m_file(file), m_faults(faults) {}

  void run() {
    find_sources();
    check_external(Shape::root());
    check_pivot(Shape::root());
    check_single_writers();
    check_tables();
  }

 private:
  void fault(std::string text) { m_faults.push_back({m_file, 0, std::move(text)}); }

  /// A line that is missing, with one that would do until its author knows better.
  void missing(std::string text, const Shape& shape, NodeId id) {
    const Node& node = shape.node(id);
    const bool external = &shape == &m_external;
    std::string path = written_path(shape, id);
    if (!node.holds_value()) path += external ? "[]" : ".*";
    constexpr std::array<std::string_view, 4> bounds{"0..1", "1", "0..n", "1..n"};
    const std::size_t which = (node.min_occurs > 0 ? 1U : 0U) + (node.repeated() ? 2U : 0U);
    m_faults.push_back({m_file, 0, std::move(text), TableWork::write,
                        fmt::format("à défaut : {} | {} | {} | - | 0 | report | -", external ? "-" : path,
                                    external ? path : "-", bounds[which])});
  }

  [[nodiscard]] std::string external_path(NodeId id) const {
    const bool inside = below(m_external, id, m_external.record());
    return inside ? m_external.path(id, m_external.record()) : "/" + m_external.path(id);
  }

  [[nodiscard]] std::string pivot_path(NodeId id) const {
    return m_pivot.path(id, below(m_pivot, id, m_pivot.record()) ? m_pivot.record() : Shape::root());
  }

  static bool below(const Shape& shape, NodeId id, NodeId top) {
    for (; id != Shape::root(); id = shape.node(id).parent) {
      if (id == top) return true;
    }
    return false;
  }

  /// Marks every external place that something writes, with all that stands above it.
  void find_sources() {
    m_written.resize(m_external.size());
    for (const PlanLine& line : m_plan.lines) {
      const bool writes = !line.external.empty() && line.direction != Direction::in &&
                          (!line.pivot.empty() || line.codec.kind == CodecKind::constant);
      if (!writes) continue;
      for (const Address& place : line.external) mark_written(place);
    }
    for (NodeId id = 0; id < m_external.size(); ++id) {
      if (m_plan.selects_external[id]) mark_written(id);
    }
  }

  void mark_written(const Address& place) {
    mark_written(place.node);
    for (const Level& level : place.levels) {
      if (level.kind == RankKind::selector) mark_written(level.selector_leaf);
    }
  }

  void mark_written(NodeId id) {
    for (; id != Shape::root() && !m_written[id]; id = m_external.node(id).parent) m_written[id] = true;
    m_written[Shape::root()] = true;
  }

  void check_external(NodeId id) {
    const Node& node = m_external.node(id);
    const bool top = id == Shape::root() || id == m_external.record();
    const bool needs_line = node.holds_value() || (!top && may_be_empty(m_external, id));
    if (needs_line && m_plan.by_external[id].empty() && !m_plan.selects_external[id]) {
      missing(fmt::format("aucune ligne pour {}{}", external_path(id),
                          node.holds_value() ? "" : " (peut être vide)"),
              m_external, id);
    }
    const bool parent_written = id == Shape::root() || m_written[node.parent];
    const bool mandatory = node.min_occurs > 0 && node.choice == 0;
    if (mandatory && parent_written && !m_written[id])
      fault(fmt::format("champ obligatoire sans source : {}", external_path(id)));
    for (const NodeId child : node.children) check_external(child);
  }

  void check_pivot(NodeId id) {
    const Node& node = m_pivot.node(id);
    const bool place = node.holds_value() || node.kind == NodeKind::group;
    const bool top = id == Shape::root() || id == m_pivot.record();
    if (m_plan.technical[id]) return;
    if (place && !top && nothing_told(id))
      return missing(fmt::format("aucune ligne pour le champ du pivot {}", pivot_path(id)), m_pivot, id);
    for (const NodeId child : node.children) check_pivot(child);
  }

  /// Whether no line speaks of the field, nor of any field of the group.
  [[nodiscard]] bool nothing_told(NodeId id) const {
    const Node& node = m_pivot.node(id);
    if (m_plan.technical[id]) return false;
    if (!node.holds_value())
      return !node.children.empty() &&
             std::ranges::all_of(node.children, [&](NodeId child) { return nothing_told(child); });
    return m_plan.by_pivot[id].empty() && !read_in(id) && m_plan.covered_by[id] == no_line &&
           !m_plan.selects_pivot[id];
  }

  /// Whether a line of direction `in` fills the field.
  [[nodiscard]] bool read_in(NodeId id) const {
    return std::ranges::any_of(m_plan.lines, [&](const PlanLine& line) {
      return !line.external.empty() && std::ranges::find(line.pivot, id, &Address::node) != line.pivot.end();
    });
  }

  void check_single_writers() {
    for (std::size_t i = 0; i < m_plan.lines.size(); ++i) {
      for (std::size_t j = i + 1; j < m_plan.lines.size(); ++j) check_pair(m_plan.lines[i], m_plan.lines[j]);
    }
  }

  void check_pair(const PlanLine& one, const PlanLine& other) {
    if (one.condition || other.condition || stands_over_another(one) || stands_over_another(other)) return;
    if (one.external.empty() || other.external.empty()) return;
    const auto clash = [&](const std::string& path) {
      fault(fmt::format("deux lignes écrivent {} : {} et {}", path, one.where, other.where));
    };
    const bool both_out = one.direction != Direction::in && other.direction != Direction::in;
    if (both_out) {
      const Address* twice = shared_place(one.external, other.external);
      if (twice != nullptr) return clash(external_path(twice->node));
    }
    if (one.direction == Direction::out || other.direction == Direction::out) return;
    const Address* twice = shared_place(one.pivot, other.pivot);
    if (twice != nullptr) clash(pivot_path(twice->node));
  }

  static const Address* shared_place(const std::vector<Address>& places, const std::vector<Address>& others) {
    for (const Address& place : places) {
      if (std::ranges::any_of(others, [&](const Address& other) { return overlap(place, other); }))
        return &place;
    }
    return nullptr;
  }

  /// A constant of direction `out` stands beside the line that reads its place, and is written over it.
  static bool stands_over_another(const PlanLine& line) {
    return line.codec.kind == CodecKind::constant && line.direction == Direction::out;
  }

  static bool overlap(const Address& one, const Address& other) {
    if (one.node != other.node) return false;
    for (std::size_t i = 0; i < std::min(one.levels.size(), other.levels.size()); ++i) {
      const Level& a = one.levels[i];
      const Level& b = other.levels[i];
      if (a.kind != b.kind) continue;
      if (a.kind == RankKind::constant && a.index != b.index) return false;
      if (a.kind == RankKind::selector && a.selector_value != b.selector_value) return false;
    }
    return true;
  }

  void check_tables() {
    std::set<std::tuple<const CodeTable*, std::uint16_t, std::uint16_t>> seen;
    for (const PlanLine& line : m_plan.lines) {
      if (line.codec.kind != CodecKind::table) continue;
      const NodeId external = line.external.front().node;
      const NodeId pivot = line.pivot.front().node;
      if (!seen.insert({line.codec.table, m_external.node(external).type, m_pivot.node(pivot).type}).second)
        continue;
      if (m_pivot.type(pivot).code_order.empty()) {
        fault(fmt::format("{} : {} n'est pas une liste de codes du pivot", line.where, pivot_path(pivot)));
        continue;
      }
      line.codec.table->check_lists(m_external.type(external).code_order, m_pivot.type(pivot).code_order,
                                    m_faults);
    }
  }

  const Plan& m_plan;
  const Shape& m_external;
  const Shape& m_pivot;
  const std::string& m_file;
  TableFaults& m_faults;
  std::vector<bool> m_written;
};

}  // namespace

CoverageCount count_coverage(const Plan& plan) {
  std::vector<bool> mapped(plan.pivot->size());
  for (const PlanLine& line : plan.lines) {
    if (line.external.empty()) continue;
    for (const Address& place : line.pivot) mapped[place.node] = true;
  }
  CoverageCount count;
  for (NodeId id = 0; id < plan.pivot->size(); ++id) {
    if (!plan.pivot->node(id).holds_value() || plan.technical[id]) continue;
    ++count.fields;
    if (mapped[id]) ++count.mapped;
  }
  return count;
}

void check_coverage(const Plan& plan, const std::string& file, TableFaults& faults) {
  Coverage(plan, file, faults).run();
}

}  // namespace passerelle::mapping
