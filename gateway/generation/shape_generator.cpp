#include "gateway/generation/shape_generator.hpp"

#include <algorithm>
#include <stdexcept>

#include "gateway/codec/json/json_plan.hpp"
#include "gateway/codec/limits.hpp"
#include "gateway/codec/wire_fit.hpp"

namespace passerelle::generation {
namespace {

using codec::Frame;
using codec::Node;
using codec::NodeId;
using codec::NodeKind;
using codec::Record;
using codec::Shape;

enum class Extent : std::uint8_t { minimal, varied, maximal };

Extent draw_extent(Dice& dice) {
  const std::uint64_t throw_of_ten = dice.below(10);
  if (throw_of_ten == 0) return Extent::minimal;
  return throw_of_ten == 1 ? Extent::maximal : Extent::varied;
}

}  // namespace

/// One document being drawn.
class ShapeGenerator::Filling {
 public:
  Filling(const ShapeGenerator& generator, Record& record, std::uint64_t seed)
      : m_generator(generator),
        m_record(record),
        m_shape(record.shape()),
        m_json(m_shape.wire.kind == codec::WireKind::json),
        m_tabular(m_shape.wire.tabular()),
        m_pivot(codec::is_versioned(m_shape)),
        m_dice(seed),
        m_extent(draw_extent(m_dice)) {}

  void run() {
    fill_children(m_record.root(), m_record.root_node());
    // An element is a leaf when it has nothing; a JSON object at the top never is.
    const bool bare = m_record.leaves().empty() && m_record.root_node() != Shape::root();
    if (bare && !m_json && !m_tabular) m_record.note_empty(m_record.root(), m_record.root_node());
  }

 private:
  void fill_children(Frame& frame, NodeId group) {
    const std::vector<NodeId>& children = m_shape.node(group).children;
    for (std::size_t rank = 0; rank < children.size();) {
      const std::uint8_t choice = m_shape.node(children[rank]).choice;
      if (choice == 0) {
        fill_node(frame, children[rank++], false);
        continue;
      }
      const auto is_other = [&](NodeId id) { return m_shape.node(id).choice != choice; };
      const auto end = std::ranges::find_if(children.begin() + static_cast<std::ptrdiff_t>(rank),
                                            children.end(), is_other);
      const std::size_t count = static_cast<std::size_t>(end - children.begin()) - rank;
      const bool required = m_shape.node(children[rank]).min_occurs > 0;
      if (required || is_drawn()) fill_node(frame, children[rank + m_dice.below(count)], true);
      rank += count;
    }
  }

  void fill_node(Frame& frame, NodeId id, bool chosen) {
    const Node& node = m_shape.node(id);
    const bool version = node.name == codec::version_member && node.parent == Shape::root() && m_pivot;
    if (id == m_shape.record() || version) return;
    if (node.repeated()) {
      const std::uint16_t count = draw_count(node, chosen);
      for (std::uint16_t n = 0; n < count; ++n) fill_group_or_leaf(m_record.append(frame, id), id);
    } else if (chosen || node.min_occurs > 0 || is_drawn()) {
      fill_group_or_leaf(frame, id);
    }
  }

  void fill_group_or_leaf(Frame& frame, NodeId id) {
    const Node& node = m_shape.node(id);
    if (node.holds_value()) return fill_leaf(frame, id);
    const std::size_t before = m_record.leaves().size();
    m_record.open_group(frame, id);
    if (node.kind == NodeKind::map) {
      fill_map(frame, node.children.front());
    } else {
      fill_children(frame, id);
    }
    // Cells have no name on the wire that could stand there empty.
    if (m_record.leaves().size() == before && !m_tabular) m_record.note_empty(frame, id);
  }

  void fill_leaf(Frame& frame, NodeId id) {
    const Node& node = m_shape.node(id);
    // The pivot tells null from absent; the structure of a peer knows no null.
    const bool may_be_null = m_pivot && node.min_occurs == 0 && !node.repeated();
    if (may_be_null && m_dice.percent(4)) return m_record.set(frame, id, codec::Value::null());
    m_record.set(frame, id, codec::Value(m_record.keep(draw_value(id))));
  }

  /// A value that its type and the wire both take.
  std::string draw_value(NodeId id) {
    const Node& node = m_shape.node(id);
    // The text of an element with attributes is a leaf only when it is not blank, a cell only when it is
    // filled.
    const bool may_be_empty = m_json || (!m_tabular && !node.name.empty());
    const ValueStyle style{
        .plain_scalars = m_json, .may_be_empty = may_be_empty, .may_be_padded = !m_tabular};
    constexpr int tries = 1000;
    for (int n = 0; n < tries; ++n) {
      std::string text = sample_value(m_shape.type(id), m_generator.m_samplers[node.type], style, m_dice);
      if (m_tabular) text.resize(codec::without_padding(text).size());
      if (codec::fits_wire(m_shape, id, text) && !codec::check_leaf(m_shape.type(id), text)) return text;
    }
    throw std::logic_error("no value found that fits " + m_shape.path(id));
  }

  /// Keys as a complement may have them: paths, with what JSON must escape.
  void fill_map(Frame& frame, NodeId entry) {
    const std::uint64_t count = m_dice.below(4);
    for (std::uint64_t n = 0; n < count; ++n) {
      const std::string key = (m_dice.percent(10) ? "a\"\\é/" : "liste[2]/b@code") + std::to_string(n);
      Frame& item = m_record.append(frame, entry);
      m_record.set(item, m_shape.child(entry, "key"), codec::Value(m_record.keep(key)));
      fill_leaf(item, m_shape.child(entry, "value"));
    }
  }

  [[nodiscard]] bool is_drawn() {
    if (m_extent == Extent::varied) return m_dice.percent(50);
    return m_extent == Extent::maximal;
  }

  std::uint16_t draw_count(const Node& node, bool chosen) {
    const std::uint16_t least = std::max<std::uint16_t>(node.min_occurs, chosen ? 1 : 0);
    const std::uint16_t most = std::min(node.max_occurs, codec::limits::list_items);
    if (m_extent == Extent::minimal) return least;
    const bool maximal = m_extent == Extent::maximal;
    auto extra = static_cast<std::uint16_t>(maximal ? 1 + m_dice.below(3) : m_dice.below(4));
    if (node.holds_value() && m_dice.percent(2)) extra = most;  // a whole list of scalars is still small
    return std::min<std::uint16_t>(most, static_cast<std::uint16_t>(least + extra));
  }

  const ShapeGenerator& m_generator;
  Record& m_record;
  const Shape& m_shape;
  bool m_json;
  bool m_tabular;
  bool m_pivot;
  Dice m_dice;
  Extent m_extent;
};

ShapeGenerator::ShapeGenerator(const Shape& shape) : m_shape(&shape) {
  for (const codec::LeafType& type : shape.types()) m_samplers.push_back(domain_sampler(type.name));
}

void ShapeGenerator::use(std::string_view type_name, Sampler sampler) {
  const auto& types = m_shape->types();
  for (std::size_t type = 0; type < types.size(); ++type) {
    if (types[type].name == type_name) m_samplers[type] = sampler;
  }
}

void ShapeGenerator::fill(Record& record, std::uint64_t seed) const {
  record.clear();
  Filling(*this, record, seed).run();
}

}  // namespace passerelle::generation
