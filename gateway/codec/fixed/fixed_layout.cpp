#include "gateway/codec/fixed/fixed_layout.hpp"

#include <algorithm>

#include "gateway/codec/wire_fit.hpp"

namespace passerelle::codec {
namespace {

void collect(const Shape& shape, NodeId group, std::vector<FixedField>& fields) {
  for (const NodeId id : shape.node(group).children) {
    if (id == shape.record()) continue;
    const Node& node = shape.node(id);
    if (node.holds_value()) {
      fields.push_back({id, {node.at - 1, node.length}});
    } else {
      collect(shape, id, fields);
    }
  }
}

FixedLine line_below(const Shape& shape, NodeId group) {
  FixedLine line;
  collect(shape, group, line.fields);
  std::ranges::sort(line.fields, {}, [](const FixedField& field) { return field.span.begin; });
  for (const auto& [node, span] : line.fields) {
    if (span.begin > line.width) line.gaps.push_back({line.width, span.begin - line.width});
    line.width = span.begin + span.size;
  }
  if (line.fields.empty() || line.fields.front().span.begin > 0) return line;
  const auto& codes = shape.type(line.fields.front().node).code_order;
  if (codes.size() == 1) line.kind = codes.front();
  return line;
}

}  // namespace

bool FixedLine::takes(std::string_view line) const noexcept {
  return kind.empty() || without_padding(fields.front().span.of(line)) == kind;
}

FixedLayout::FixedLayout(const Shape& shape)
    : envelope(line_below(shape, Shape::root())), demande(line_below(shape, shape.record())) {}

}  // namespace passerelle::codec
