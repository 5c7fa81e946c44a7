// Paths as a mapping writes them: steps, ranks, slots and selectors, on either side.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/codec/shape.hpp"

namespace passerelle::mapping {

enum class RankKind : std::uint8_t {
  none,      ///< `nom`
  variable,  ///< `cotitulaire[n]`: the same letter on both sides is the same rank
  constant,  ///< `cotitulaires[2]`: one slot, from 1
  selector,  ///< `telephones[nature=portable]`: the item whose leaf has that value
  whole,     ///< `motifs[]`: the list itself, present even when empty
};

struct PathStep {
  std::string name;
  bool attribute = false;
  RankKind rank = RankKind::none;
  std::string argument;        ///< the variable, or the selector's path
  std::string selector_value;  ///< selector only
  std::uint16_t constant = 0;  ///< from 1
};

/// A path without its resolution: syntax only.
struct PathExpression {
  std::string text;
  bool envelope = false;  ///< external paths that start with `/`; pivot paths that start with `entete.`
  bool subtree = false;   ///< `prefix.*`
  std::vector<PathStep> steps;
};

/// Parses one path of the given style; nothing when it is not well formed.
[[nodiscard]] std::optional<PathExpression> parse_path(std::string_view text, codec::PathStyle style);

/// One repeated node on the way to a place and how the line chooses its occurrence.
struct Level {
  codec::NodeId repeated = codec::no_node;
  RankKind kind = RankKind::variable;
  std::uint8_t variable = 0;  ///< index into the line's variables
  std::uint16_t index = 0;    ///< constant, from 0
  codec::NodeId selector_leaf = codec::no_node;
  std::string selector_value;
};

/// A place of a shape, with one level for each repeated node from the record (or the root) down to it.
struct Address {
  codec::NodeId node = codec::no_node;
  std::vector<Level> levels;
};

/// What a path resolves to, or the French text of why it does not.
struct Resolution {
  std::optional<Address> address;
  std::string problem;
};

/// Resolves a path against a shape. `variables` is shared by the paths of one line: a letter seen first is
/// added.
[[nodiscard]] Resolution resolve(const PathExpression& path, const codec::Shape& shape,
                                 std::vector<std::string>& variables);

/// The path of a node as a mapping line writes it, with a rank `[n]`, `[m]`... at each list.
/// It starts with `/` outside the records of a peer's document.
[[nodiscard]] std::string written_path(const codec::Shape& shape, codec::NodeId id);

}  // namespace passerelle::mapping
