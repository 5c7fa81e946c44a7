#include "gateway/model/date.hpp"

#include <chrono>
#include <fmt/format.h>

#include "gateway/model/ascii.hpp"

namespace passerelle::model {
namespace {

/// 0 where a part is not written.
struct Parts {
  int year = 0;
  int month = 0;
  int day = 0;
};

/// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, whatever the numbers.
std::optional<Parts> read_parts(std::string_view text) {
  const std::size_t size = text.size();
  if (size != 4 && size != 7 && size != 10) return std::nullopt;
  if (!all_digits(text.substr(0, 4))) return std::nullopt;
  if (size > 4 && (text[4] != '-' || !all_digits(text.substr(5, 2)))) return std::nullopt;
  if (size > 7 && (text[7] != '-' || !all_digits(text.substr(8, 2)))) return std::nullopt;
  return Parts{.year = number_of(text.substr(0, 4)),
               .month = size > 4 ? number_of(text.substr(5, 2)) : 0,
               .day = size > 7 ? number_of(text.substr(8, 2)) : 0};
}

bool day_exists(const Parts& parts) {
  const std::chrono::year_month_day day{std::chrono::year(parts.year),
                                        std::chrono::month(static_cast<unsigned>(parts.month)),
                                        std::chrono::day(static_cast<unsigned>(parts.day))};
  return parts.year >= 1 && day.ok();
}

}  // namespace

bool is_calendar_date(std::string_view text) noexcept {
  const auto parts = text.size() == 10 ? read_parts(text) : std::nullopt;
  return parts && day_exists(*parts);
}

tl::expected<Date, FaultCode> Date::parse(std::string_view text) {
  const bool uncertain = text.ends_with('?');
  if (uncertain) text.remove_suffix(1);
  const auto parts = read_parts(text);
  if (!parts) return tl::unexpected(FaultCode::value_date);
  // A part that is not written may be any, so the first stands for it.
  const Parts first{parts->year, text.size() > 4 ? parts->month : 1, text.size() > 7 ? parts->day : 1};
  if (!day_exists(first)) return tl::unexpected(FaultCode::value_date);
  Date date;
  date.m_year = static_cast<std::int16_t>(parts->year);
  date.m_month = static_cast<std::uint8_t>(parts->month);
  date.m_day = static_cast<std::uint8_t>(parts->day);
  date.m_uncertain = uncertain;
  return date;
}

std::string Date::text() const {
  const std::string_view doubt = m_uncertain ? "?" : "";
  if (m_month == 0) return fmt::format("{:04}{}", m_year, doubt);
  if (m_day == 0) return fmt::format("{:04}-{:02}{}", m_year, m_month, doubt);
  return fmt::format("{:04}-{:02}-{:02}{}", m_year, m_month, m_day, doubt);
}

std::optional<FaultCode> check_date(std::string_view text) {
  const auto date = Date::parse(text);
  return date ? std::nullopt : std::optional(date.error());
}

}  // namespace passerelle::model
