// A point in time, with the zone in which its source wrote it.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "gateway/model/fault.hpp"

namespace passerelle::model {

/// Whether the text is `YYYY-MM-DDThh:mm:ss[.f...][zone]`, the zone `Z` or `+hh:mm` or `-hh:mm` up to 14:00
/// (XSD 1.0 part 2, 3.2.7, without 24:00:00 and without leap seconds).
[[nodiscard]] bool is_date_time(std::string_view text) noexcept;

/// Years 0001 to 9999, to the nanosecond.
class Instant {
 public:
  /// Reads what `is_date_time` accepts. Refuses with `value_date` anything else, a time without zone (it
  /// names no instant), and more than nine decimals.
  [[nodiscard]] static tl::expected<Instant, FaultCode> parse(std::string_view text);

  /// The time in UTC, without the part of a second.
  [[nodiscard]] std::chrono::sys_seconds utc() const noexcept { return m_utc; }
  /// What local time adds to UTC.
  [[nodiscard]] std::chrono::minutes offset() const noexcept { return m_offset; }
  /// Local time and zone: `Z` for an offset of zero, decimals without trailing zeros.
  [[nodiscard]] std::string text() const;

  friend bool operator==(const Instant&, const Instant&) = default;
  /// In order of time, then of offset.
  friend auto operator<=>(const Instant&, const Instant&) = default;

 private:
  Instant() = default;

  std::chrono::sys_seconds m_utc;
  std::chrono::nanoseconds m_part{0};
  std::chrono::minutes m_offset{0};
};

/// The fault that `Instant::parse` would answer, or nothing.
[[nodiscard]] std::optional<FaultCode> check_instant(std::string_view text);

}  // namespace passerelle::model
