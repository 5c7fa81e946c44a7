#include "gateway/life/civil_day.hpp"

#include <algorithm>

#include "gateway/model/clock.hpp"
#include "gateway/model/date.hpp"

namespace passerelle::life {

std::optional<Day> parse_day(std::string_view text) {
  const auto date = model::Date::parse(text);
  if (!date || !date->is_complete() || date->is_uncertain()) return std::nullopt;
  return Day(std::chrono::year(date->year()) / *date->month() / *date->day());
}

std::string day_text(Day day) {
  return model::utc_day(day);
}

Day plus_months(Day from, int months) {
  const std::chrono::year_month_day date(from);
  const std::chrono::year_month month = date.year() / date.month() + std::chrono::months(months);
  const std::chrono::day last = (month / std::chrono::last).day();
  return month / std::min(date.day(), last);
}

Day after_months(Day from, int months) {
  return plus_months(from, months) + std::chrono::days(1);
}

}  // namespace passerelle::life
