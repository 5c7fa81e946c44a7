#include "gateway/generation/calendar.hpp"

#include <fmt/format.h>

#include "gateway/model/date.hpp"

namespace passerelle::generation {
namespace {

using std::chrono::year_month_day;

year_month_day parts_of(Day day) {
  return year_month_day{day};
}

}  // namespace

std::optional<Day> parse_day(std::string_view text) {
  const auto date = model::Date::parse(text);
  if (!date || !date->is_complete() || date->is_uncertain()) return std::nullopt;
  return Day{std::chrono::year{date->year()} / *date->month() / *date->day()};
}

std::string text_of(Day day) {
  const year_month_day parts = parts_of(day);
  return fmt::format("{:04}-{:02}-{:02}", int{parts.year()}, unsigned{parts.month()}, unsigned{parts.day()});
}

std::string instant_of(Day day, int seconds) {
  return fmt::format("{}T{:02}:{:02}:{:02}", text_of(day), seconds / 3600, seconds / 60 % 60, seconds % 60);
}

int year_of(Day day) noexcept {
  return int{parts_of(day).year()};
}

int month_of(Day day) noexcept {
  return static_cast<int>(unsigned{parts_of(day).month()});
}

Day years_from(Day day, int years) noexcept {
  const year_month_day moved = parts_of(day) + std::chrono::years{years};
  return moved.ok() ? Day{moved} : Day{moved.year() / moved.month() / std::chrono::last};
}

int age(Day birth, Day at) noexcept {
  const int years = year_of(at) - year_of(birth);
  return years_from(birth, years) > at ? years - 1 : years;
}

Day draw_birth(int years, Day at, Dice& dice) noexcept {
  return years_from(at, -years) - std::chrono::days{dice.even(0, 364)};
}

}  // namespace passerelle::generation
