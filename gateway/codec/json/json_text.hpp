// The text of JSON strings: from its escapes and back (RFC 8259 section 7, RFC 8785 section 3.2.2.2).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace passerelle::codec {

enum class JsonTextState : std::uint8_t {
  sound,
  forbidden,  ///< holds a character that XML 1.0 cannot carry, or half a surrogate pair
  malformed,  ///< an escape that JSON does not know
};

/// Whether raw text (between its quotes, in valid UTF-8) is its own value and any format can carry it.
[[nodiscard]] bool is_plain_json_text(std::string_view raw) noexcept;

/// Decodes raw text into `text`, whose former content is dropped.
[[nodiscard]] JsonTextState decode_json_text(std::string_view raw, std::string& text);

/// Appends the text between quotes, with the only spelling that RFC 8785 allows.
void append_json_text(std::string& out, std::string_view text);

/// The offset of the first byte that is not UTF-8 (RFC 3629), or npos.
[[nodiscard]] std::size_t find_invalid_utf8(std::string_view text) noexcept;

/// The offset of the first control character inside a string of the object, or npos.
[[nodiscard]] std::size_t find_raw_control(std::string_view object) noexcept;

}  // namespace passerelle::codec
