// One record (a demande, or the envelope of a file) in memory, stored by frames over a shape.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/codec/shape.hpp"
#include "gateway/model/personal.hpp"
#include "gateway/model/position.hpp"

namespace passerelle::codec {

enum class ValueState : std::uint8_t { absent, null, text };

/// The value of a leaf: personal until shown otherwise, so nothing prints it. The bytes belong to the record
/// (or outlive it).
class Value {
 public:
  constexpr Value() = default;
  constexpr explicit Value(std::string_view text) : m_text(text), m_state(ValueState::text) {}
  [[nodiscard]] static constexpr Value null() {
    Value value;
    value.m_state = ValueState::null;
    return value;
  }

  [[nodiscard]] constexpr ValueState state() const noexcept { return m_state; }
  [[nodiscard]] constexpr bool absent() const noexcept { return m_state == ValueState::absent; }
  [[nodiscard]] constexpr std::string_view reveal() const noexcept { return m_text.reveal(); }

 private:
  model::Personal<std::string_view> m_text;
  ValueState m_state = ValueState::absent;
};

struct Frame;

/// The occurrences of one repeated node inside one frame, in document order.
struct List {
  Frame** items = nullptr;
  std::uint16_t count = 0;
  std::uint16_t capacity = 0;
};

/// One occurrence of a repeated node: its values, the presence of its singleton groups, and its lists, as
/// laid out by the FrameType.
struct Frame {
  const FrameType* type = nullptr;
  Frame* parent = nullptr;
  std::uint16_t index = 0;  ///< rank among its siblings, from 0
  Value* slots = nullptr;
  bool* groups = nullptr;
  List* lists = nullptr;
  bool kept = false;  ///< stays in its list even when nothing is in it
};

/// One leaf as it came: a value, or an empty group or array (which then has no value).
struct Leaf {
  NodeId node = no_node;
  Frame* frame = nullptr;
  model::Position at;
};

/// Leaves of the document that found no place in the record, under one of its groups: unknown, or one more
/// than there is room for. Their values are not kept.
struct Unplaced {
  NodeId parent = no_node;
  const Frame* frame = nullptr;
  model::Position at;  ///< of the first of them
  std::uint64_t leaves = 0;
};

/// Values and frames live in an arena that `clear` empties without giving memory back, so a file of any
/// length is read in the memory of its largest record.
class Record {
 public:
  /// `root` is the shape's root for an envelope, its record node for a demande.
  Record(const Shape& shape, NodeId root);
  Record(const Record&) = delete;
  Record& operator=(const Record&) = delete;
  ~Record() = default;

  void clear();
  [[nodiscard]] const Shape& shape() const noexcept { return *m_shape; }
  [[nodiscard]] NodeId root_node() const noexcept { return m_root_node; }
  [[nodiscard]] Frame& root() const noexcept { return *m_root; }

  /// 1 for the first record of its file; 0 for an envelope.
  std::uint64_t ordinal = 0;

  /// Adds an occurrence of the repeated node to its list. The caller keeps the number under
  /// limits::list_items.
  Frame& append(Frame& parent, NodeId repeated);
  /// The occurrence at `index`, made together with those before it when absent.
  Frame& at(Frame& parent, NodeId repeated, std::uint16_t index);

  /// Stores a value (its bytes are not copied: see `keep`) and notes it as a leaf.
  void set(Frame& frame, NodeId leaf, Value value, model::Position at = {}) {
    const Node& node = m_shape->node(leaf);
    frame.slots[node.repeated() ? 0 : node.slot] = value;
    m_leaves.push_back({leaf, &frame, at});
    if (!node.repeated() && node.parent != frame.type->node) mark_groups(frame, node.parent);
  }
  /// Notes that a group is present; `empty` also notes it as a leaf (`<liste/>`, `[]`, `{}`).
  void open_group(Frame& frame, NodeId group);
  void note_empty(Frame& frame, NodeId group, model::Position at = {});
  /// Counts leaves that found no place under `parent`; what follows on the same parent adds up.
  void note_unplaced(const Frame& frame, NodeId parent, std::uint64_t leaves, model::Position at);
  /// Takes items without any content off every list, but for those marked `kept`. Ranks close up; leaves
  /// already noted are not forgotten, so call it once the record is complete.
  void drop_empty_items();
  /// A copy of the bytes that lives as long as the record's present content.
  [[nodiscard]] std::string_view keep(std::string_view bytes);

  [[nodiscard]] const Value& value(const Frame& frame, NodeId leaf) const noexcept {
    const Node& node = m_shape->node(leaf);
    return frame.slots[node.repeated() ? 0 : node.slot];
  }
  /// The value of a noted leaf; absent for an empty group.
  [[nodiscard]] Value value(const Leaf& leaf) const noexcept;
  [[nodiscard]] bool group_present(const Frame& frame, NodeId group) const noexcept {
    return frame.groups[m_shape->node(group).slot];
  }
  [[nodiscard]] const List& list(const Frame& frame, NodeId repeated) const noexcept {
    return frame.lists[m_shape->node(repeated).slot];
  }
  /// Every leaf in the order it was set.
  [[nodiscard]] const std::vector<Leaf>& leaves() const noexcept { return m_leaves; }

  /// Leaves that found no place, in the order of the document.
  [[nodiscard]] const std::vector<Unplaced>& unplaced() const noexcept { return m_unplaced; }

  /// The path of a node in this record with ranks from 1, for people: never a value.
  [[nodiscard]] std::string path(const Frame& frame, NodeId node) const;

 private:
  Frame* make_frame(const FrameType& type, Frame* parent, std::uint16_t index);
  void mark_groups(Frame& frame, NodeId from);
  static bool drop_empty_below(Frame& frame);

  const Shape* m_shape;
  NodeId m_root_node;
  std::vector<std::byte> m_first_block;
  std::pmr::monotonic_buffer_resource m_arena;
  Frame* m_root = nullptr;
  std::vector<Leaf> m_leaves;
  std::vector<Unplaced> m_unplaced;
};

}  // namespace passerelle::codec
