#include "gateway/codec/record.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace passerelle::codec {
namespace {

constexpr std::size_t first_block_bytes = 256 * 1024;

template <typename T>
T* make_array(std::pmr::memory_resource& arena, std::size_t count) {
  // T may be a pointer, whose own size is meant. NOLINTNEXTLINE(bugprone-sizeof-expression)
  auto* made = static_cast<T*>(arena.allocate(std::max<std::size_t>(count, 1) * sizeof(T), alignof(T)));
  std::uninitialized_value_construct_n(made, count);
  return made;
}

}  // namespace

Record::Record(const Shape& shape, NodeId root)
    : m_shape(&shape),
      m_root_node(root),
      m_first_block(first_block_bytes),
      m_arena(m_first_block.data(), m_first_block.size()) {
  clear();
}

void Record::clear() {
  m_arena.release();
  m_leaves.clear();
  m_unplaced.clear();
  ordinal = 0;
  const Node& node = m_shape->node(m_root_node);
  m_root = make_frame(m_shape->frame_type(node.repeated() ? node.own_frame : node.frame), nullptr, 0);
}

Frame* Record::make_frame(const FrameType& type, Frame* parent, std::uint16_t index) {
  auto* frame = make_array<Frame>(m_arena, 1);
  frame->type = &type;
  frame->parent = parent;
  frame->index = index;
  frame->slots = make_array<Value>(m_arena, type.slots.size());
  frame->groups = make_array<bool>(m_arena, type.groups.size());
  frame->lists = make_array<List>(m_arena, type.lists.size());
  return frame;
}

Frame& Record::append(Frame& parent, NodeId repeated) {
  const Node& node = m_shape->node(repeated);
  List& list = parent.lists[node.slot];
  if (list.count == list.capacity) {
    const auto capacity = static_cast<std::uint16_t>(list.capacity == 0 ? 4 : list.capacity * 2);
    auto** items = make_array<Frame*>(m_arena, capacity);
    std::copy_n(list.items, list.count, items);
    list.items = items;
    list.capacity = capacity;
  }
  Frame* frame = make_frame(m_shape->frame_type(node.own_frame), &parent, list.count);
  list.items[list.count++] = frame;
  mark_groups(parent, node.parent);
  return *frame;
}

Frame& Record::at(Frame& parent, NodeId repeated, std::uint16_t index) {
  const List& list = parent.lists[m_shape->node(repeated).slot];
  while (list.count <= index) append(parent, repeated);
  return *list.items[index];
}

void Record::open_group(Frame& frame, NodeId group) {
  mark_groups(frame, group);
}

void Record::note_empty(Frame& frame, NodeId group, model::Position at) {
  mark_groups(frame, group);
  m_leaves.push_back({group, &frame, at});
}

void Record::mark_groups(Frame& frame, NodeId from) {
  for (NodeId id = from; id != frame.type->node; id = m_shape->node(id).parent) {
    bool& present = frame.groups[m_shape->node(id).slot];
    if (present) return;
    present = true;
  }
}

void Record::note_unplaced(const Frame& frame, NodeId parent, std::uint64_t leaves, model::Position at) {
  if (leaves == 0) return;
  const bool adds_up =
      !m_unplaced.empty() && m_unplaced.back().parent == parent && m_unplaced.back().frame == &frame;
  if (adds_up) {
    m_unplaced.back().leaves += leaves;
  } else {
    m_unplaced.push_back({parent, &frame, at, leaves});
  }
}

void Record::drop_empty_items() {
  drop_empty_below(*m_root);
}

/// Returns whether nothing is left in the frame.
bool Record::drop_empty_below(Frame& frame) {
  bool empty = !frame.kept;
  for (std::size_t i = 0; i < frame.type->lists.size(); ++i) {
    List& list = frame.lists[i];
    std::uint16_t left = 0;
    for (std::uint16_t item = 0; item < list.count; ++item) {
      if (drop_empty_below(*list.items[item])) continue;
      list.items[left] = list.items[item];
      list.items[left]->index = left;
      ++left;
    }
    list.count = left;
    if (left > 0) empty = false;
  }
  const auto filled = [](const Value& value) { return !value.absent(); };
  if (std::any_of(frame.slots, frame.slots + frame.type->slots.size(), filled)) empty = false;
  return empty;
}

std::string_view Record::keep(std::string_view bytes) {
  if (bytes.empty()) return "";
  auto* kept = static_cast<char*>(m_arena.allocate(bytes.size(), 1));
  std::memcpy(kept, bytes.data(), bytes.size());
  return {kept, bytes.size()};
}

Value Record::value(const Leaf& leaf) const noexcept {
  const Node& node = m_shape->node(leaf.node);
  if (!node.holds_value()) return {};
  return leaf.frame->slots[node.repeated() ? 0 : node.slot];
}

std::string Record::path(const Frame& frame, NodeId node) const {
  const bool xml = m_shape->style() == PathStyle::xml;
  std::string written;
  const Frame* at_frame = &frame;
  for (NodeId at = node; at != Shape::root(); at = m_shape->node(at).parent) {
    const Node& step = m_shape->node(at);
    std::string part = step.kind == NodeKind::attribute ? "@" + step.name : step.name;
    if (at == at_frame->type->node) {
      const std::uint64_t rank = at == m_root_node ? ordinal : at_frame->index + 1U;
      part += fmt::format("[{}]", rank);
      if (at_frame->parent != nullptr) at_frame = at_frame->parent;
    }
    const bool named = step.kind != NodeKind::attribute && !step.name.empty();
    if (named && (step.parent != Shape::root() || xml)) part.insert(0, xml ? "/" : ".");
    written.insert(0, part);
  }
  if (xml) written.insert(0, m_shape->node(Shape::root()).name);
  return written;
}

}  // namespace passerelle::codec
