// Bytes written as two hexadecimal digits, of either case.
#pragma once

#include <optional>
#include <string_view>

#include "gateway/model/ascii.hpp"

namespace passerelle::codec {

[[nodiscard]] constexpr std::optional<int> hexadecimal_digit(char c) noexcept {
  const char lowered = model::to_lower(c);
  if (model::is_digit(c)) return model::digit_value(c);
  if (lowered < 'a' || lowered > 'f') return std::nullopt;
  return lowered - 'a' + 10;
}

/// The byte that the first two characters write, or nothing.
[[nodiscard]] constexpr std::optional<char> hexadecimal_byte(std::string_view text) noexcept {
  if (text.size() < 2) return std::nullopt;
  const auto high = hexadecimal_digit(text[0]);
  const auto low = hexadecimal_digit(text[1]);
  if (!high || !low) return std::nullopt;
  return static_cast<char>(*high * 16 + *low);
}

}  // namespace passerelle::codec
