#include "gateway/mapping/path_expression.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <ranges>

namespace passerelle::mapping {
namespace {

using codec::NodeId;
using codec::PathStyle;
using codec::Shape;

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_variable(std::string_view text) {
  return text.size() == 1 && text[0] >= 'a' && text[0] <= 'z';
}

/// Reads what stands between the brackets; false when it is no rank.
bool parse_rank(std::string_view inside, PathStep& step) {
  if (inside.empty()) {
    step.rank = RankKind::whole;
  } else if (is_number(inside)) {
    step.rank = RankKind::constant;
    const auto [end, error] = std::from_chars(inside.data(), inside.data() + inside.size(), step.constant);
    return error == std::errc{} && step.constant > 0;
  } else if (is_variable(inside)) {
    step.rank = RankKind::variable;
    step.argument = inside;
  } else {
    const std::size_t equal = inside.find('=');
    if (equal == std::string_view::npos || equal == 0) return false;
    step.rank = RankKind::selector;
    step.argument = inside.substr(0, equal);
    step.selector_value = inside.substr(equal + 1);
  }
  return true;
}

/// Takes one step off the front of `text`; nothing when it is not well formed.
std::optional<PathStep> take_step(std::string_view& text, std::string_view separators) {
  PathStep step;
  if (text.starts_with('@')) {
    step.attribute = true;
    text.remove_prefix(1);
  }
  const std::size_t end = std::min(text.find_first_of(fmt::format("{}[", separators)), text.size());
  step.name = text.substr(0, end);
  text.remove_prefix(end);
  if (step.name.empty()) return std::nullopt;
  if (!text.starts_with('[')) return step;
  const std::size_t close = text.find(']');
  if (close == std::string_view::npos || !parse_rank(text.substr(1, close - 1), step)) return std::nullopt;
  text.remove_prefix(close + 1);
  return step;
}

std::uint8_t variable_index(const std::string& name, std::vector<std::string>& variables) {
  const auto found = std::ranges::find(variables, name);
  const auto index = static_cast<std::uint8_t>(found - variables.begin());
  if (found == variables.end()) variables.push_back(name);
  return index;
}

class Resolver {
 public:
  Resolver(const PathExpression& path, const Shape& shape, std::vector<std::string>& variables)
      : m_path(path), m_shape(shape), m_variables(variables) {
    m_address.node = path.envelope || shape.record() == codec::no_node ? Shape::root() : shape.record();
  }

  Resolution run() {
    for (const PathStep& step : m_path.steps) {
      if (!take(step)) return {std::nullopt, m_problem};
    }
    if (m_path.steps.back().rank != RankKind::whole) enter_text();
    return {m_address, {}};
  }

 private:
  /// The path of an element that has text beside attributes means its text.
  void enter_text() {
    const codec::Node& node = m_shape.node(m_address.node);
    if (node.kind != codec::NodeKind::group || node.children.empty()) return;
    const NodeId last = node.children.back();
    if (m_shape.node(last).name.empty() && m_shape.node(last).kind == codec::NodeKind::leaf)
      m_address.node = last;
  }

  bool fail(std::string problem) {
    m_problem = std::move(problem);
    return false;
  }

  bool take(const PathStep& step) {
    const NodeId child = m_shape.child(m_address.node, step.name, step.attribute);
    if (child == codec::no_node)
      return fail(fmt::format("champ inconnu : {} (à partir de « {} »)", m_path.text, step.name));
    m_address.node = child;
    if (step.rank == RankKind::whole) return enter_whole(step);
    const NodeId repeated = repeated_node(child);
    if (repeated == codec::no_node) {
      return step.rank == RankKind::none ||
             fail(fmt::format("« {} » n'est pas répété : pas de rang", step.name));
    }
    if (step.rank == RankKind::none)
      return fail(fmt::format("« {} » est répété : un rang est attendu, par exemple [n]", step.name));
    m_address.node = repeated;
    return add_level(step, repeated);
  }

  bool enter_whole(const PathStep& step) {
    const bool container = m_shape.node(m_address.node).kind == codec::NodeKind::array ||
                           m_shape.node(m_address.node).kind == codec::NodeKind::group;
    return container || fail(fmt::format("« {}[] » n'est pas une liste", step.name));
  }

  /// The repeated node that a ranked step means: the node itself, or the item of an array.
  [[nodiscard]] NodeId repeated_node(NodeId id) const {
    const codec::Node& node = m_shape.node(id);
    if (node.repeated()) return id;
    return node.kind == codec::NodeKind::array ? node.children.front() : codec::no_node;
  }

  bool add_level(const PathStep& step, NodeId repeated) {
    Level level{.repeated = repeated, .kind = step.rank};
    if (step.rank == RankKind::variable) level.variable = variable_index(step.argument, m_variables);
    if (step.rank == RankKind::constant) level.index = static_cast<std::uint16_t>(step.constant - 1);
    if (step.rank == RankKind::selector) {
      const auto leaf = m_shape.find(step.argument, repeated);
      if (!leaf || !m_shape.node(*leaf).holds_value()) {
        return fail(fmt::format("sélecteur inconnu : {} dans {}", step.argument, m_path.text));
      }
      level.selector_leaf = *leaf;
      level.selector_value = step.selector_value;
    }
    m_address.levels.push_back(std::move(level));
    return true;
  }

  const PathExpression& m_path;
  const Shape& m_shape;
  std::vector<std::string>& m_variables;
  Address m_address;
  std::string m_problem;
};

}  // namespace

std::optional<PathExpression> parse_path(std::string_view text, PathStyle style) {
  PathExpression path;
  path.text = text;
  const bool xml = style == PathStyle::xml;
  const bool from_root = text.starts_with('/');
  path.envelope = from_root || (!xml && (text.starts_with("entete.") || text == "entete"));
  if (from_root) text.remove_prefix(1);
  if (text.ends_with(".*")) {
    path.subtree = true;
    text.remove_suffix(2);
  }
  while (!text.empty()) {
    auto step = take_step(text, xml ? "/@" : ".");
    if (!step) return std::nullopt;
    path.steps.push_back(std::move(*step));
    if (text.empty()) break;
    const bool attribute_next = xml && text.starts_with('@');
    if (!attribute_next) text.remove_prefix(1);
    if (text.empty()) return std::nullopt;
  }
  if (path.steps.empty()) return std::nullopt;
  return path;
}

std::string written_path(const Shape& shape, NodeId id) {
  std::vector<NodeId> way;
  NodeId top = id;
  for (; top != Shape::root() && top != shape.record(); top = shape.node(top).parent) way.push_back(top);
  const bool outside = shape.record() != codec::no_node && top == Shape::root();
  const bool pivot = shape.child(Shape::root(), "pivot") != codec::no_node;
  std::string path = outside && !pivot ? "/" : "";
  std::string_view separator;
  char rank = 'n';
  for (const NodeId step : way | std::views::reverse) {
    const codec::Node& node = shape.node(step);
    if (node.kind == codec::NodeKind::attribute) separator = "@";
    if (!node.name.empty()) path.append(separator).append(node.name);
    if (node.repeated()) path += fmt::format("[{}]", rank--);
    separator = shape.style() == PathStyle::xml ? "/" : ".";
  }
  return path;
}

Resolution resolve(const PathExpression& path, const Shape& shape, std::vector<std::string>& variables) {
  return Resolver(path, shape, variables).run();
}

}  // namespace passerelle::mapping
