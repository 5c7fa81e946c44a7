#include "gateway/mapping/plan_line.hpp"

namespace passerelle::mapping {
namespace {

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

/// The first line that reads the place, told as a record tells it: with the root where that has a name.
std::string line_at(const codec::Shape& shape, const std::vector<std::vector<LineId>>& readers,
                    const std::vector<PlanLine>& lines, std::string_view path) {
  const std::string& root = shape.node(codec::Shape::root()).name;
  const bool rooted = shape.style() == codec::PathStyle::xml && path.starts_with(root + '/');
  if (rooted) path.remove_prefix(root.size() + 1);
  for (codec::NodeId node = 0; node < shape.size(); ++node) {
    if (!readers[node].empty() && shape.path(node) == path) return lines[readers[node].front()].where;
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
