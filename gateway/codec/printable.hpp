// Text of others as it may stand in a log or on a terminal.
#pragma once

#include <string>
#include <string_view>

namespace passerelle::codec {

enum class Lines { one, several };

/// The text with whatever would change what stands around it spelt out as `\u{XXXX}`, and bytes that are no
/// UTF-8 as `\xNN`: control characters (an end of line too, but with Lines::several), marks of direction,
/// separators of lines, characters without width. Anything else stays as it is.
[[nodiscard]] std::string printable(std::string_view text, Lines lines = Lines::one);

}  // namespace passerelle::codec
