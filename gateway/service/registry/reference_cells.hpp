// What the cells of reference tables hold: each reader answers nothing for what it does not take.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/mapping/table_rows.hpp"
#include "gateway/service/registry/reference_tables.hpp"

namespace passerelle::service::cells {

[[nodiscard]] std::optional<std::string> territory_code(std::string_view text);
/// YYYY-MM-DD.
[[nodiscard]] std::optional<std::string> day(std::string_view text);
[[nodiscard]] std::optional<std::string> not_empty(std::string_view text);
[[nodiscard]] std::optional<std::string> identifier(std::string_view text);
[[nodiscard]] std::optional<std::string> one_of(std::string_view text,
                                                std::span<const std::string_view> taken);
/// Texts with blanks between.
[[nodiscard]] std::vector<std::string> words(std::string_view text);

/// The value of a cell that may be empty: nothing then.
template <typename Value>
struct Optional {
  std::optional<Value> value;
};
/// The day of a cell, or that it is empty.
[[nodiscard]] std::optional<Optional<std::string>> optional_day(std::string_view text);
/// A number above 0 of four digits at most, or that the cell is empty.
[[nodiscard]] std::optional<Optional<int>> optional_count(std::string_view text);

inline constexpr std::string_view ends_before_it_begins =
    "la colonne « jusqua », premier jour où cela cesse, ne suit pas « depuis »";
/// The columns `depuis`, `jusqua` and `acte` of a row: nothing, and a fault, when they are no days, or not in
/// order, or no act is named.
[[nodiscard]] std::optional<store::Span> span_of(const mapping::TableRows& rows, std::size_t row,
                                                 mapping::TableFaults& faults);

/// Reads every row of a table that may not be there: `read(rows, row)` gives one, or nothing when it is
/// wrong.
template <typename Row, typename Read>
[[nodiscard]] PlacedRows<Row> read_table(const std::filesystem::path& file,
                                         std::span<const std::string_view> columns,
                                         mapping::TableFaults& faults, Read read) {
  if (!std::filesystem::exists(file)) return {};
  const mapping::TableRows rows(file.string(), columns, faults, codec::Quotes::nothing);
  PlacedRows<Row> all;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (std::optional<Row> one = read(rows, row)) all.push_back({std::move(*one), rows.fault(row, {})});
  }
  return all;
}

}  // namespace passerelle::service::cells
