// A civil date that exists in the calendar, perhaps known only in part, perhaps uncertain.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "gateway/model/fault.hpp"

namespace passerelle::model {

/// Whether the text is `YYYY-MM-DD` and that day exists (Gregorian calendar, ISO 8601-1); year 0000 does not
/// (XSD 1.0 part 2, 3.2.9).
[[nodiscard]] bool is_calendar_date(std::string_view text) noexcept;

/// A year, a month or a day, ISO 8601-2 level 1: `1970`, `1970-01`, `1970-01-01`, each perhaps followed by
/// `?` when its source doubts it. A date alone is about nobody; a birth date is a `Personal<Date>`.
class Date {
 public:
  /// Refuses any other form and days that do not exist with `value_date`.
  [[nodiscard]] static tl::expected<Date, FaultCode> parse(std::string_view text);

  [[nodiscard]] int year() const noexcept { return m_year; }
  /// 1 to 12, or nothing when only the year is known.
  [[nodiscard]] std::optional<int> month() const noexcept { return known(m_month); }
  /// 1 to 31, or nothing when it is not known.
  [[nodiscard]] std::optional<int> day() const noexcept { return known(m_day); }
  [[nodiscard]] bool is_complete() const noexcept { return m_day != 0; }
  [[nodiscard]] bool is_uncertain() const noexcept { return m_uncertain; }
  /// The form that `parse` reads.
  [[nodiscard]] std::string text() const;

  friend bool operator==(const Date&, const Date&) = default;
  /// In order of time; a part that is not known comes before those that are, doubt last.
  friend auto operator<=>(const Date&, const Date&) = default;

 private:
  Date() = default;
  static std::optional<int> known(std::uint8_t part) noexcept {
    return part == 0 ? std::nullopt : std::optional<int>(part);
  }

  std::int16_t m_year = 0;
  std::uint8_t m_month = 0;  // 0: not known
  std::uint8_t m_day = 0;    // 0: not known
  bool m_uncertain = false;
};

/// The fault that `Date::parse` would answer, or nothing.
[[nodiscard]] std::optional<FaultCode> check_date(std::string_view text);

}  // namespace passerelle::model
