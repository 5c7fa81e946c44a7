// Dates as people write them: read in any usual order, partly known, compared without a calendar.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace passerelle::linking {

/// A date of which day, month or both may be unknown (0).
struct PartialDate {
  std::uint16_t year = 0;
  std::uint8_t month = 0;
  std::uint8_t day = 0;

  /// YYYYMMDD, unknown parts 0; 0 is no date at all.
  [[nodiscard]] std::uint32_t packed() const noexcept { return year * 10000U + month * 100U + day; }
  [[nodiscard]] static PartialDate unpack(std::uint32_t packed) noexcept;

  friend bool operator==(const PartialDate&, const PartialDate&) = default;
};

/// Reads 1953-07-14, 14/07/1953, 19530714, 14.7.53, 1953, 07/1953, 1953-07-14T00:00:00. A day above 12
/// settles the order, otherwise the day comes first unless the year does. 31/13 is read as 13/31 swapped; a
/// part that cannot be is unknown. Nothing when no year between 1 and 9999 is found. Two digits of year: 30
/// and above are of the twentieth century.
[[nodiscard]] std::optional<PartialDate> read_date(std::string_view text);

/// Whether the day is one that offices wrote for "unknown": none, 1 January, 31 December.
[[nodiscard]] bool is_uncertain(PartialDate date) noexcept;

}  // namespace passerelle::linking
