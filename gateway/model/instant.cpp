#include "gateway/model/instant.hpp"

#include <fmt/format.h>

#include "gateway/model/ascii.hpp"
#include "gateway/model/date.hpp"

namespace passerelle::model {
namespace {

namespace chr = std::chrono;
constexpr std::size_t most_decimals = 9;

/// The pieces of a date and time whose grammar is right.
struct Pieces {
  std::string_view day;       ///< `YYYY-MM-DD`
  std::string_view clock;     ///< `hh:mm:ss`
  std::string_view decimals;  ///< digits after the point, perhaps none
  std::string_view zone;      ///< empty when not written
};

bool is_clock(std::string_view text) {
  if (text.size() != 8 || text[2] != ':' || text[5] != ':') return false;
  const auto hours = text.substr(0, 2);
  const auto minutes = text.substr(3, 2);
  const auto seconds = text.substr(6, 2);
  return all_digits(hours) && all_digits(minutes) && all_digits(seconds) && number_of(hours) < 24 &&
         number_of(minutes) < 60 && number_of(seconds) < 60;
}

bool is_zone(std::string_view text) {
  if (text == "Z") return true;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return false;
  const auto hours = text.substr(1, 2);
  const auto minutes = text.substr(4, 2);
  return all_digits(hours) && all_digits(minutes) && number_of(minutes) < 60 &&
         number_of(hours) * 60 + number_of(minutes) <= 14 * 60;
}

std::optional<Pieces> split(std::string_view text) {
  if (text.size() < 19 || text[10] != 'T') return std::nullopt;
  Pieces pieces{.day = text.substr(0, 10), .clock = text.substr(11, 8)};
  if (!is_calendar_date(pieces.day) || !is_clock(pieces.clock)) return std::nullopt;
  pieces.zone = text.substr(19);
  if (pieces.zone.starts_with('.')) {
    const std::size_t end = std::min(pieces.zone.find_first_not_of("0123456789", 1), pieces.zone.size());
    pieces.decimals = pieces.zone.substr(1, end - 1);
    pieces.zone.remove_prefix(end);
    if (pieces.decimals.empty()) return std::nullopt;
  }
  if (!pieces.zone.empty() && !is_zone(pieces.zone)) return std::nullopt;
  return pieces;
}

chr::sys_days day_of(std::string_view text) {
  return chr::year(number_of(text.substr(0, 4))) /
         chr::month(static_cast<unsigned>(number_of(text.substr(5, 2)))) /
         chr::day(static_cast<unsigned>(number_of(text.substr(8, 2))));
}

chr::seconds clock_of(std::string_view text) {
  return chr::hours(number_of(text.substr(0, 2))) + chr::minutes(number_of(text.substr(3, 2))) +
         chr::seconds(number_of(text.substr(6, 2)));
}

chr::minutes offset_of(std::string_view zone) {
  if (zone == "Z") return chr::minutes(0);
  const auto size = chr::hours(number_of(zone.substr(1, 2))) + chr::minutes(number_of(zone.substr(4, 2)));
  return zone.front() == '-' ? -size : size;
}

chr::nanoseconds part_of(std::string_view decimals) {
  std::int64_t nanoseconds = 0;
  for (std::size_t at = 0; at < most_decimals; ++at)
    nanoseconds = nanoseconds * 10 + (at < decimals.size() ? digit_value(decimals[at]) : 0);
  return chr::nanoseconds(nanoseconds);
}

std::string decimals_text(chr::nanoseconds part) {
  if (part.count() == 0) return {};
  std::string text = fmt::format(".{:09}", part.count());
  text.erase(text.find_last_not_of('0') + 1);
  return text;
}

std::string zone_text(chr::minutes offset) {
  if (offset.count() == 0) return "Z";
  const auto size = std::abs(offset.count());
  return fmt::format("{}{:02}:{:02}", offset.count() < 0 ? '-' : '+', size / 60, size % 60);
}

}  // namespace

bool is_date_time(std::string_view text) noexcept {
  return split(text).has_value();
}

tl::expected<Instant, FaultCode> Instant::parse(std::string_view text) {
  const auto pieces = split(text);
  if (!pieces || pieces->zone.empty() || pieces->decimals.size() > most_decimals)
    return tl::unexpected(FaultCode::value_date);
  Instant instant;
  instant.m_offset = offset_of(pieces->zone);
  instant.m_part = part_of(pieces->decimals);
  instant.m_utc = day_of(pieces->day) + clock_of(pieces->clock) - instant.m_offset;
  return instant;
}

std::string Instant::text() const {
  const chr::sys_seconds local = m_utc + m_offset;
  const auto midnight = chr::floor<chr::days>(local);
  const chr::year_month_day day(midnight);
  const chr::hh_mm_ss clock(local - midnight);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}{}", int(day.year()), unsigned(day.month()),
                     unsigned(day.day()), clock.hours().count(), clock.minutes().count(),
                     clock.seconds().count(), decimals_text(m_part), zone_text(m_offset));
}

std::optional<FaultCode> check_instant(std::string_view text) {
  const auto instant = Instant::parse(text);
  return instant ? std::nullopt : std::optional(instant.error());
}

}  // namespace passerelle::model
