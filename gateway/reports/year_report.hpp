// The report of a year as lines: counts, pressure, observed delay.
#pragma once

#include <string>
#include <vector>

#include "gateway/reports/figures.hpp"

namespace passerelle::reports {

/// One line of the report.
struct Line {
  std::string indicator;
  std::string by;
  std::string value;  ///< band or code; empty: of the total
  std::string figure;

  friend bool operator==(const Line&, const Line&) = default;
};

/// What stands for a ratio of too few data: no attribution.
inline constexpr std::string_view no_ratio = "-";
/// What stands for a hidden figure.
inline constexpr std::string_view secret_figure = "secret";

/// For those who act in the file: every cell. Always the same lines in the same order for the same figures.
/// `pressure` is the active stock at the end of the year over its attributions, `delay` the mean of whole
/// months between deposit and lease: both to one decimal, half up, in total, by commune and by type.
[[nodiscard]] std::vector<Line> lines_for_actors(const Figures& figures);

/// For everyone else: cells under the threshold, and those that would give them away, are hidden
/// (secrecy.hpp), with each ratio made of a hidden one.
[[nodiscard]] std::vector<Line> lines_for_everyone(const Figures& figures, std::int64_t threshold);

}  // namespace passerelle::reports
