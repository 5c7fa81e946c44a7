#include "gateway/mapping/plan_line.hpp"

#include <algorithm>

namespace passerelle::mapping {
namespace {

using Readers = std::vector<std::vector<LineId>>;

/// Without the ranks of list items.
std::string without_ranks(std::string_view path) {
  std::string plain;
  while (!path.empty()) {
    plain.append(path.substr(0, path.find('[')));
    const std::size_t end = path.find(']');
    path.remove_prefix(end == std::string_view::npos ? path.size() : end + 1);
  }
  return plain;
}

/// Whether a place stands at a path or, below a group, inside it.
bool is_within(std::string_view place, std::string_view path) {
  if (!place.starts_with(path)) return false;
  place.remove_prefix(path.size());
  return place.empty() || std::string_view("/.@").find(place.front()) != std::string_view::npos;
}

/// The line that reads the place, or else the first that reads something inside it, told as a record tells
/// places: with the root where that has a name.
std::string line_at(const codec::Shape& shape, const Readers& readers, const std::vector<PlanLine>& lines,
                    std::string_view path) {
  const std::string& root = shape.node(codec::Shape::root()).name;
  const bool rooted = shape.style() == codec::PathStyle::xml && is_within(path, root);
  if (rooted) path.remove_prefix(std::min(root.size() + 1, path.size()));
  if (path.starts_with('.')) path.remove_prefix(1);  // below the rank of its demande
  if (path.empty()) return {};
  for (codec::NodeId node = 0; node < shape.size(); ++node) {
    if (readers[node].empty()) continue;
    if (is_within(shape.path(node), path) || is_within(shape.path(node, shape.record()), path))
      return lines[readers[node].front()].where;  // parents come before what they hold
  }
  return {};
}

}  // namespace

std::string line_about(const Plan& plan, std::string_view path) {
  const std::string plain = without_ranks(path);
  const std::string external = line_at(*plan.external, plan.by_external, plan.lines, plain);
  return external.empty() ? line_at(*plan.pivot, plan.by_pivot, plan.lines, plain) : external;
}

}  // namespace passerelle::mapping
