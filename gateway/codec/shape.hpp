// The shape of a document: the tree of places a format can hold, shared by every codec and by the mapping.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/codec/leaf_type.hpp"
#include "gateway/codec/wire_form.hpp"

namespace passerelle::codec {

using NodeId = std::uint16_t;
inline constexpr NodeId no_node = 0xffff;
inline constexpr std::uint16_t unbounded = 0xffff;

enum class NodeKind : std::uint8_t {
  group,      ///< an element or object with children
  array,      ///< a JSON array: a group with one repeated child named "" that leaves no name on the wire
  map,        ///< a JSON object with free keys and text values: one repeated child named "" with two leaves
              ///< `key` and `value`
  leaf,       ///< an element, member or column with a value
  attribute,  ///< an XML attribute
};

/// One place of the tree. A node that may occur more than once opens a frame of its own (see record.hpp).
struct Node {
  std::string name;
  NodeKind kind = NodeKind::group;
  NodeId parent = no_node;
  std::vector<NodeId> children;  ///< attributes first, then elements in the order of the schema
  std::uint16_t min_occurs = 1;
  std::uint16_t max_occurs = 1;  ///< `unbounded` when the schema sets no end; limits::list_items still holds
  std::uint16_t order = 0;       ///< rank among its siblings; members of one choice share it
  std::uint8_t choice = 0;      ///< 0: none; else the number of the choice among the parent's children, whose
                                ///< members stand together; optional when their `min_occurs` is 0
  std::uint16_t type = 0;       ///< index into Shape::types(), leaves and attributes only
  std::uint16_t frame = 0;      ///< index of the frame type that stores it
  std::uint16_t slot = 0;       ///< place in that frame: leaf slot, singleton group bit, or list
  std::uint16_t own_frame = 0;  ///< repeated nodes: the frame type of each occurrence
  bool assumption = false;      ///< the schema marks it as not taken from a public text
  std::string note;             ///< what the schema says of it, or nothing
  std::uint32_t at = 0;         ///< fixed width: its first byte in the line, from 1
  std::uint32_t length = 0;     ///< fixed width: bytes

  [[nodiscard]] bool repeated() const noexcept { return max_occurs > 1; }
  [[nodiscard]] bool holds_value() const noexcept {
    return kind == NodeKind::leaf || kind == NodeKind::attribute;
  }
};

/// Storage of one occurrence of a repeated node (or of the root): all places below it down to the next
/// repeated node, flattened.
struct FrameType {
  NodeId node = no_node;       ///< the repeated node, or the root
  std::vector<NodeId> slots;   ///< leaves; a repeated leaf is slot 0 of its own frame
  std::vector<NodeId> groups;  ///< singleton groups
  std::vector<NodeId> lists;   ///< repeated nodes
};

/// How a path of the shape is written for people.
enum class PathStyle : std::uint8_t {
  xml,   ///< `a/b[2]/c@code`
  dots,  ///< `a.b[2].c`
};

/// Immutable once `seal`ed; nodes keep their ids for the life of the shape.
class Shape {
 public:
  Shape(std::string root_name, PathStyle style);
  Shape(const Shape&) = delete;  // types hold views into their own lists
  Shape& operator=(const Shape&) = delete;
  Shape(Shape&&) = default;
  Shape& operator=(Shape&&) = default;
  ~Shape() = default;

  /// Adds a child under `parent`; attributes must be added before elements.
  NodeId add(NodeId parent, Node node);
  /// Adds a type and returns its index; a name that exists already returns the first.
  std::uint16_t add_type(LeafType type);
  /// Marks the repeated node whose occurrences are the records (the demandes) of the file.
  void set_record(NodeId node) { m_record = node; }
  /// Lays out the frames. Call once, after the last `add`.
  void seal();

  [[nodiscard]] static constexpr NodeId root() noexcept { return 0; }
  [[nodiscard]] NodeId record() const noexcept { return m_record; }
  [[nodiscard]] const Node& node(NodeId id) const noexcept { return m_nodes[id]; }
  [[nodiscard]] Node& node(NodeId id) noexcept { return m_nodes[id]; }
  [[nodiscard]] std::size_t size() const noexcept { return m_nodes.size(); }
  [[nodiscard]] const LeafType& type(NodeId id) const noexcept { return m_types[m_nodes[id].type]; }
  [[nodiscard]] std::vector<LeafType>& types() noexcept { return m_types; }
  [[nodiscard]] const std::vector<LeafType>& types() const noexcept { return m_types; }
  [[nodiscard]] const FrameType& frame_type(std::uint16_t index) const noexcept { return m_frames[index]; }
  [[nodiscard]] std::size_t frame_count() const noexcept { return m_frames.size(); }
  [[nodiscard]] PathStyle style() const noexcept { return m_style; }

  /// XML only: the namespace of every element.
  std::string xml_namespace;
  /// How its records stand in a file.
  WireForm wire;

  /// The child with that name and kind class, or `no_node`.
  [[nodiscard]] NodeId child(NodeId parent, std::string_view name, bool attribute = false) const noexcept;
  /// The path of a node from `from` (excluded), without ranks.
  [[nodiscard]] std::string path(NodeId id, NodeId from = root()) const;
  /// The node at a path written without ranks, relative to `from`; nothing when there is none.
  [[nodiscard]] std::optional<NodeId> find(std::string_view path, NodeId from = root()) const;
  /// The repeated nodes above and including `id`, outermost first, below the record (or the root).
  [[nodiscard]] std::vector<NodeId> repeats(NodeId id) const;

 private:
  std::uint16_t open_frame(NodeId node);
  void lay_out(NodeId id, std::uint16_t frame);

  std::vector<Node> m_nodes;
  std::vector<LeafType> m_types;
  std::vector<FrameType> m_frames;
  NodeId m_record = no_node;
  PathStyle m_style;
};

}  // namespace passerelle::codec
