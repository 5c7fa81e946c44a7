// The members of every object of a shape, laid out for quick look-up by key; the layout of a JSON file.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "gateway/codec/shape.hpp"

namespace passerelle::codec {

/// The member that every top-level object of the pivot carries first, and the version that this code reads
/// and writes. A peer's shape has no such place at its root, and its objects carry none.
inline constexpr std::string_view version_member = "pivot";
inline constexpr std::string_view version_value = "1";
/// The member that holds the complements of the peers. What stands in it was counted when it was parked, so
/// it is never counted as leaves of the input again.
inline constexpr std::string_view complements_member = "complements";

/// The most members that one object of a shape may have.
inline constexpr std::size_t most_members = 512;

/// Whether the objects of a shape carry the version.
[[nodiscard]] bool is_versioned(const Shape& shape) noexcept;

/// Look-up of members by key. The shape must outlive it.
class JsonPlan {
 public:
  explicit JsonPlan(const Shape& shape);

  /// The rank among its siblings of the member with that key, or nothing. `hint` is where the search begins:
  /// the rank after the member found last, since keys mostly come in the order of the shape.
  [[nodiscard]] std::optional<std::size_t> find(NodeId object, std::string_view key, std::size_t hint) const;
  [[nodiscard]] NodeId member(NodeId object, std::size_t rank) const noexcept {
    return m_members[object][rank].node;
  }
  /// Whether objects carry the version: the shape is the pivot's.
  [[nodiscard]] bool versioned() const noexcept { return m_versioned; }
  /// Whether the place is the complements or lies in them.
  [[nodiscard]] bool in_complements(NodeId node) const noexcept { return m_in_complements[node]; }
  /// The most members that one object has.
  [[nodiscard]] std::size_t widest() const noexcept { return m_widest; }

 private:
  struct Member {
    std::string_view key;
    NodeId node;
  };
  std::vector<std::vector<Member>> m_members;  // by object; empty for what is not one
  std::vector<bool> m_in_complements;
  std::size_t m_widest = 0;
  bool m_versioned;
};

}  // namespace passerelle::codec
