// How peers write amounts and numbers: a decimal comma, cents or whole numbers padded with zeros.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace passerelle::mapping {

/// A number written for a peer, or the reason why it cannot be.
struct WrittenNumber {
  std::string text;
  bool fits = true;  ///< false when the width, or the decimals, leave no room for it
};

/// `1234,5` as `1234.5`; nothing when the text has a point already, or no digit.
[[nodiscard]] std::optional<std::string> read_decimal(char mark, std::string_view text);

/// `1234.5` as `1234,5`; with `decimals` as many of them as asked, zeros included (`1234,50`).
[[nodiscard]] WrittenNumber write_decimal(char mark, std::size_t decimals, std::string_view pivot);

/// `width` digits of cents as euros: `0000085050` is `850.50`, `0000085000` is `850`.
[[nodiscard]] std::optional<std::string> read_cents(std::size_t width, std::string_view text);

/// Euros as `width` digits of cents; nothing when the pivot value is no amount.
[[nodiscard]] std::optional<WrittenNumber> write_cents(std::size_t width, std::string_view pivot);

/// `width` digits without their leading zeros: `007` is `7`.
[[nodiscard]] std::optional<std::string_view> read_number(std::size_t width, std::string_view text);

/// A whole number as `width` digits; nothing when it has a sign or is no number.
[[nodiscard]] std::optional<WrittenNumber> write_number(std::size_t width, std::string_view pivot);

}  // namespace passerelle::mapping
