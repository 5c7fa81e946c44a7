#include "gateway/mapping/nearest_name.hpp"

#include <algorithm>
#include <vector>

#include "gateway/mapping/path_expression.hpp"

namespace passerelle::mapping {
namespace {

using codec::NodeId;
using codec::Shape;

bool in_record(const Shape& shape, NodeId id) {
  if (shape.record() == codec::no_node) return true;
  while (id != Shape::root() && id != shape.record()) id = shape.node(id).parent;
  return id == shape.record();
}

/// Complements are maps: no mapping names them.
bool in_map(const Shape& shape, NodeId id) {
  while (id != Shape::root() && shape.node(id).kind != codec::NodeKind::map) id = shape.node(id).parent;
  return id != Shape::root();
}

/// Ranks between brackets say nothing of the name.
std::string without_ranks(std::string_view path) {
  std::string plain;
  bool inside = false;
  for (const char c : path) {
    if (c == '[') inside = true;
    if (!inside) plain += c;
    if (c == ']') inside = false;
  }
  return plain;
}

}  // namespace

std::size_t edit_distance(std::string_view one, std::string_view other) {
  std::vector<std::size_t> row;
  for (std::size_t j = 0; j <= other.size(); ++j) row.push_back(j);
  for (const char c : one) {
    std::size_t diagonal = row.front();
    std::size_t left = ++row.front();
    for (std::size_t j = 0; j < other.size(); ++j) {
      const std::size_t changed = diagonal + (c == other[j] ? 0 : 1);
      diagonal = row[j + 1];
      left = std::min({changed, left + 1, diagonal + 1});
      row[j + 1] = left;
    }
  }
  return row.back();
}

std::optional<std::string> nearest_name(std::string_view name, std::span<const std::string> candidates) {
  const std::string* best = nullptr;
  std::size_t nearest = std::max<std::size_t>(2, name.size() / 3) + 1;
  const std::string plain = without_ranks(name);
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(plain, without_ranks(candidate));
    if (distance >= nearest) continue;
    nearest = distance;
    best = &candidate;
  }
  if (best == nullptr) return std::nullopt;
  return *best;
}

std::optional<std::string> nearest_path(std::string_view path, const Shape& shape, bool envelope) {
  std::vector<std::string> known;
  for (NodeId id = 0; id < shape.size(); ++id) {
    if (!shape.node(id).holds_value() || in_map(shape, id) || in_record(shape, id) == envelope) continue;
    known.push_back(written_path(shape, id));
  }
  return nearest_name(path, known);
}

}  // namespace passerelle::mapping
