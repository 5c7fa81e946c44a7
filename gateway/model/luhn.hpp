// The check of ISO/IEC 7812-1 annex B (Luhn), which SIREN and SIRET use.
#pragma once

#include <string_view>

#include "gateway/model/ascii.hpp"

namespace passerelle::model {

/// Whether the last digit is the key of those before it. Only for a text that `all_digits` accepts.
[[nodiscard]] constexpr bool has_luhn_key(std::string_view digits) noexcept {
  int sum = 0;
  for (std::size_t from_end = 0; from_end < digits.size(); ++from_end) {
    const int digit = digit_value(digits[digits.size() - 1 - from_end]);
    const int weighted = from_end % 2 == 0 ? digit : 2 * digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 == 0;
}

/// Only for a text that `all_digits` accepts.
[[nodiscard]] constexpr int digit_sum(std::string_view digits) noexcept {
  int sum = 0;
  for (const char c : digits) sum += digit_value(c);
  return sum;
}

}  // namespace passerelle::model
