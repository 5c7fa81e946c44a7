// A CSV table of the project with the columns it must have, and faults that name its file and line.
#pragma once

#include <fmt/format.h>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/codec/csv/table_fault.hpp"

namespace passerelle::codec {

/// Whether faults may quote cells. Those of a table that an operator hands over may not: a file of people
/// given by mistake would be told.
enum class Quotes : std::uint8_t { cells, nothing };

class TableRows {
 public:
  /// Reads the file; throws std::system_error when it cannot. A column that is missing or not expected is a
  /// fault, and a missing one reads as empty.
  TableRows(const std::string& file, std::span<const std::string_view> columns, TableFaults& faults,
            Quotes quotes = Quotes::cells);
  /// The same for a text read already, of that file.
  TableRows(std::string file, std::string_view text, std::span<const std::string_view> columns,
            TableFaults& faults, Quotes quotes = Quotes::cells);

  [[nodiscard]] std::size_t size() const noexcept { return m_table.size(); }
  [[nodiscard]] const std::string& file() const noexcept { return m_file; }
  [[nodiscard]] std::uint32_t line(std::size_t row) const { return m_table.line(row); }
  [[nodiscard]] std::string text(std::size_t row, std::string_view column) const {
    return std::string(m_table.cell(row, column));
  }
  [[nodiscard]] TableFault fault(std::size_t row, std::string text) const {
    return {m_file, line(row), std::move(text)};
  }

  /// What `parse` makes of the cell; nothing, and a fault, when it makes nothing of it.
  template <typename Parse>
  [[nodiscard]] auto parsed(std::size_t row, std::string_view column, Parse parse,
                            TableFaults& faults) const {
    auto value = parse(m_table.cell(row, column));
    if (!value) faults.push_back(fault(row, refusal(row, column)));
    return value;
  }

 private:
  [[nodiscard]] std::string refusal(std::size_t row, std::string_view column) const;

  std::string m_file;
  CsvTable m_table;
  Quotes m_quotes;
};

}  // namespace passerelle::codec
