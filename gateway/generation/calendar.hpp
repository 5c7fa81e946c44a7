// Days that are reckoned with while a demande is drawn.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/generation/dice.hpp"

namespace passerelle::generation {

using Day = std::chrono::sys_days;

/// `YYYY-MM-DD` of a day that exists, or nothing.
[[nodiscard]] std::optional<Day> parse_day(std::string_view text);
[[nodiscard]] std::string text_of(Day day);
/// The time on that day, as `YYYY-MM-DDThh:mm:ss` without a zone.
[[nodiscard]] std::string instant_of(Day day, int seconds);

[[nodiscard]] int year_of(Day day) noexcept;
[[nodiscard]] int month_of(Day day) noexcept;
/// The same day of the year `years` later or earlier; 29 February becomes the 28th.
[[nodiscard]] Day years_from(Day day, int years) noexcept;
/// Full years of age.
[[nodiscard]] int age(Day birth, Day at) noexcept;

/// A day on which someone of that age at `at` was born.
[[nodiscard]] Day draw_birth(int years, Day at, Dice& dice) noexcept;

}  // namespace passerelle::generation
