// Questions about ASCII characters, whatever the locale.
#pragma once

#include <algorithm>
#include <string_view>

namespace passerelle::model {

[[nodiscard]] constexpr bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

[[nodiscard]] constexpr bool is_upper(char c) noexcept {
  return c >= 'A' && c <= 'Z';
}

[[nodiscard]] constexpr char to_lower(char c) noexcept {
  return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] constexpr bool same_ignoring_case(std::string_view left, std::string_view right) noexcept {
  return std::ranges::equal(left, right, {}, to_lower, to_lower);
}

[[nodiscard]] constexpr int digit_value(char c) noexcept {
  return c - '0';
}

/// Whether there is at least one character and all are digits.
[[nodiscard]] constexpr bool all_digits(std::string_view text) noexcept {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

/// The number that digits write. Only for at most nine characters that `all_digits` accepts.
[[nodiscard]] constexpr int number_of(std::string_view digits) noexcept {
  int number = 0;
  for (const char c : digits) number = number * 10 + digit_value(c);
  return number;
}

}  // namespace passerelle::model
