// How peers write dates: day first, without separators, or without the day.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace passerelle::mapping {

/// Whether the form is one that tables may name: `JJ/MM/AAAA`, `AAAAMMJJ` or `MM/AAAA`.
[[nodiscard]] bool is_date_form(std::string_view form) noexcept;

/// Whether the text has that form and its day, or its month, exists. Allocates nothing.
[[nodiscard]] bool is_date_written(std::string_view form, std::string_view text) noexcept;

/// The date in the spelling of the pivot (`1970-01-31`, or `1970-01` when the form has no day), or nothing
/// when the text has another form or the day does not exist.
[[nodiscard]] std::optional<std::string> read_date(std::string_view form, std::string_view text);

struct WrittenDate {
  std::string text;
  bool whole = true;  ///< false when the form leaves the day, or the doubt, unsaid
};

/// A date of the pivot in that form, or nothing when the pivot does not know enough of it.
[[nodiscard]] std::optional<WrittenDate> write_date(std::string_view form, std::string_view pivot);

}  // namespace passerelle::mapping
