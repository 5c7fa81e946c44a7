// The characters that fields of a MIME header are made of.
#pragma once

#include <algorithm>
#include <string_view>

namespace passerelle::codec {

/// Whether a name or an unquoted value may hold the character (RFC 2045, 5.1, token).
[[nodiscard]] constexpr bool is_token_character(char c) noexcept {
  return c > ' ' && c < '\x7F' && std::string_view("()<>@,;:\\\"/[]?=").find(c) == std::string_view::npos;
}

[[nodiscard]] constexpr bool is_blank_character(char c) noexcept {
  return c == ' ' || c == '\t';
}

/// The text without blanks at its ends; a view of it.
[[nodiscard]] constexpr std::string_view trim_blanks(std::string_view text) noexcept {
  const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
  const std::size_t end = text.find_last_not_of(" \t");
  return end == std::string_view::npos ? std::string_view{} : text.substr(begin, end + 1 - begin);
}

}  // namespace passerelle::codec
