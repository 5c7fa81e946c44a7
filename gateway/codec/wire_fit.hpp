// Whether a value that is right for its type can also stand on the wire.
#pragma once

#include <string_view>

#include "gateway/codec/shape.hpp"

namespace passerelle::codec {

/// In CSV and fixed width: every character exists in the charset, something is left once trailing blanks are
/// cut (an empty value reads back as none), and in fixed width the bytes fit and hold no end of line. Other
/// formats take any value. The value is right UTF-8.
[[nodiscard]] bool fits_wire(const Shape& shape, NodeId leaf, std::string_view value);

/// Without the blanks at its end, which neither CSV nor fixed width tells from padding.
[[nodiscard]] std::string_view without_padding(std::string_view value) noexcept;

}  // namespace passerelle::codec
