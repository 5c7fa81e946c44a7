#include "gateway/codec/record_walk.hpp"

#include <algorithm>

namespace passerelle::codec {

NodeId child_or_item(const Shape& shape, NodeId from, std::string_view name) {
  const NodeId child = shape.child(from, name);
  if (child == no_node || shape.node(child).kind != NodeKind::array) return child;
  return shape.node(child).children.front();
}

void for_each_text(const Record& record, const Frame& frame, NodeId from, std::string_view path,
                   const std::function<void(NodeId, std::string_view)>& take) {
  const std::size_t end = std::min(path.find('.'), path.size());
  const NodeId node = child_or_item(record.shape(), from, path.substr(0, end));
  if (node == no_node) return;
  const std::string_view rest = path.substr(std::min(end + 1, path.size()));
  const auto enter = [&](const Frame& place) {
    if (!rest.empty()) return for_each_text(record, place, node, rest, take);
    const Value& value = record.value(place, node);
    if (value.state() == ValueState::text && !value.reveal().empty()) take(node, value.reveal());
  };
  if (!record.shape().node(node).repeated()) return enter(frame);
  const List& list = record.list(frame, node);
  for (std::uint16_t rank = 0; rank < list.count; ++rank) enter(*list.items[rank]);
}

}  // namespace passerelle::codec
