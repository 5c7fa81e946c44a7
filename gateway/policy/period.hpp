// Days, and the days on which a line of the tables is in force.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include "gateway/model/date.hpp"

namespace passerelle::policy {

/// A day in order of time; only comparisons mean something.
struct Day {
  std::int32_t rank = 0;

  friend constexpr auto operator<=>(Day, Day) noexcept = default;
};

/// The day of a date known to the day and not in doubt (`2026-01-31`), or nothing.
[[nodiscard]] inline std::optional<Day> parse_day(std::string_view text) {
  const auto date = model::Date::parse(text);
  if (!date || !date->is_complete() || date->is_uncertain()) return std::nullopt;
  return Day{date->year() * 10'000 + *date->month() * 100 + *date->day()};
}

/// From `since`, included, to `until`, excluded.
struct Period {
  Day since{std::numeric_limits<std::int32_t>::min()};
  Day until{std::numeric_limits<std::int32_t>::max()};

  [[nodiscard]] constexpr bool contains(Day day) const noexcept { return since <= day && day < until; }
  [[nodiscard]] constexpr bool contains(const Period& other) const noexcept {
    return since <= other.since && other.until <= until;
  }
  [[nodiscard]] constexpr bool meets(const Period& other) const noexcept {
    return since < other.until && other.since < until;
  }
  /// The days of both.
  [[nodiscard]] constexpr Period common(const Period& other) const noexcept {
    return {since < other.since ? other.since : since, until < other.until ? until : other.until};
  }
  [[nodiscard]] constexpr bool empty() const noexcept { return until <= since; }

  friend constexpr bool operator==(const Period&, const Period&) noexcept = default;
};

}  // namespace passerelle::policy
