// Days of the calendar, and the arithmetic of legal delays.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace passerelle::life {

/// A day where the demande is; which instants it holds, the zone of its territory says.
using Day = std::chrono::sys_days;

/// Nothing for what is not YYYY-MM-DD, or no day of the calendar.
[[nodiscard]] std::optional<Day> parse_day(std::string_view text);
/// YYYY-MM-DD.
[[nodiscard]] std::string day_text(Day day);

/// The same day of the month `months` later or, when negative, earlier; where that month has no such day, its
/// last one (code de procédure civile, art. 641). Not to be chained: 31 January plus one month plus one month
/// is not 31 March.
[[nodiscard]] Day plus_months(Day from, int months);

/// The first day after a delay of so many months: its last day belongs to it whole (art. 642).
[[nodiscard]] Day after_months(Day from, int months);

}  // namespace passerelle::life
