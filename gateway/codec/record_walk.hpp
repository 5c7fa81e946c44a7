// Finds the values of a place of a record by its name, through groups and lists.
#pragma once

#include <functional>
#include <string_view>

#include "gateway/codec/record.hpp"

namespace passerelle::codec {

/// The child of that name; of a list, what it holds. `no_node` when there is none.
[[nodiscard]] NodeId child_or_item(const Shape& shape, NodeId from, std::string_view name);

/// Gives each text that is not empty at a place below a node, with the node of its leaf, in the order of the
/// document; several where a list is on the way. `path` has dots between names, and neither rank nor bracket.
/// The text lives as long as the present content of the record.
void for_each_text(const Record& record, const Frame& frame, NodeId from, std::string_view path,
                   const std::function<void(NodeId, std::string_view)>& take);

}  // namespace passerelle::codec
