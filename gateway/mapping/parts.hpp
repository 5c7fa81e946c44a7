// Codecs between one value and several: a line that splits to pivot fields, or merges external ones.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "gateway/mapping/value_codec.hpp"

namespace passerelle::mapping {

/// The parts of one value; an empty part is absent.
using Parts = std::array<std::string_view, max_parts>;

/// Cuts one value into its parts, which view it. `join` gives no part when the value has not the length that
/// its widths ask for.
[[nodiscard]] Parts split_value(const ValueCodec& codec, std::string_view whole);

/// Puts the parts together. `join` gives nothing while a part is absent.
[[nodiscard]] std::string merge_parts(const ValueCodec& codec, const Parts& parts);

/// How many characters `join` puts together.
[[nodiscard]] std::size_t joined_width(const ValueCodec& codec) noexcept;

}  // namespace passerelle::mapping
