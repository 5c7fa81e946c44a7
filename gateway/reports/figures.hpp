// What a report of a year counts, added up cell by cell.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gateway/model/fact.hpp"

namespace passerelle::reports {

/// What is counted of the year, in the order of the report.
enum class Indicator : std::uint8_t {
  stock_before,  ///< active demandes when the year begins
  entered,       ///< into the active stock, whyever; changes of bands apart
  left,
  stock,  ///< active demandes when the year ends
  filings,
  renewals,
  reactivations,
  radiations,
  radiations_undone,
  attributions,  ///< radiations by lease
  delay_months,  ///< sum, over attributions, of whole months from the deposit
};

/// By what the cells of a table are told apart.
enum class By : std::uint8_t { total, commune, typologie, age, household, resources, housing, motive };

/// One cell of one table.
struct Cell {
  Indicator indicator{};
  By by{};
  std::string value;  ///< band or code, `unknown` where nothing was said; empty: of the total

  friend auto operator<=>(const Cell&, const Cell&) = default;
};

inline constexpr std::string_view unknown = "unknown";

[[nodiscard]] std::string_view name_of(Indicator indicator) noexcept;
[[nodiscard]] std::string_view name_of(By by) noexcept;

/// Counts of a year; a cell that adds up to nothing is not there.
class Figures {
 public:
  /// Adds demandes of some bands to the tables of an indicator that a commune stands in, and to its total.
  void count(Indicator indicator, const model::Bands& bands, std::int64_t demandes);
  /// The same in the tables of resources and of present housing, where the indicator has them.
  void count_means(Indicator indicator, const model::Bands& bands, std::int64_t demandes);
  /// The same by motive, for radiations.
  void count_motive(Indicator indicator, const std::string& motive, std::int64_t demandes);

  [[nodiscard]] std::int64_t at(const Cell& cell) const;
  [[nodiscard]] const std::map<Cell, std::int64_t>& cells() const noexcept { return m_cells; }

  friend bool operator==(const Figures&, const Figures&) = default;

 private:
  void add(Indicator indicator, By by, const std::optional<std::string>& value, std::int64_t number);

  std::map<Cell, std::int64_t> m_cells;
};

/// The figures of a year from the facts until its end: its own of each kind and, of the years before, at
/// least those that entered or left. Rows of means have those bands alone, the others none of them; `facts`
/// and `means` are the rows of the two tables.
[[nodiscard]] Figures figures_of(std::span<const model::CountedFact> facts,
                                 std::span<const model::CountedFact> means);

}  // namespace passerelle::reports
