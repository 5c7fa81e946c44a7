// Counts the leaves of JSON documents without a line of the codec, so that receipts can be held against it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace passerelle::laws {

/// The leaves of each top-level object, alone, one after another or in one array. A leaf is a scalar, an
/// empty array or an empty object; the members `pivot` and `complements` of the top level hold none. The
/// bytes must be well formed.
[[nodiscard]] std::vector<std::uint64_t> count_json_leaves(std::string_view bytes);

}  // namespace passerelle::laws
