// Whole CSV tables in memory (RFC 4180): reference data, code lists, files to link.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::codec {

/// Reads the rows of a text that stays the caller's. Fields are views into it, or into the reader for a
/// quoted field that holds a doubled quote; they are valid until the next `next()`. The guard of what a
/// spreadsheet would compute is taken off (csv_cell.hpp).
class CsvRows {
 public:
  explicit CsvRows(std::string_view text, char separator = ',');

  /// The next row, or nothing at the end. Blank lines are skipped; a last line without end of line counts.
  [[nodiscard]] const std::vector<std::string_view>* next();
  /// The line on which the row just given begins, from 1.
  [[nodiscard]] std::uint32_t line() const noexcept { return m_row_line; }
  /// Whether a quote was never closed (the row then runs to the end of the text).
  [[nodiscard]] bool unclosed_quote() const noexcept { return m_unclosed; }

 private:
  std::string_view take_plain();
  std::string_view take_quoted();
  bool take_separator();

  std::string_view m_rest;
  char m_separator;
  std::uint32_t m_line = 1;
  std::uint32_t m_row_line = 0;
  bool m_unclosed = false;
  std::vector<std::string_view> m_fields;
  std::deque<std::string> m_unquoted;  // keeps its strings in place while the row grows
};

/// A table with a header row, read by column name.
class CsvTable {
 public:
  /// Rows shorter than the header are filled with empty fields. A text without any row has no column.
  explicit CsvTable(std::string_view text, char separator = ',');

  [[nodiscard]] const std::vector<std::string>& header() const noexcept { return m_header; }
  [[nodiscard]] std::size_t size() const noexcept { return m_rows.size(); }
  /// The rank of a column, or nothing.
  [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const noexcept;
  [[nodiscard]] std::string_view cell(std::size_t row, std::size_t column) const {
    return m_rows[row].cells[column];
  }
  /// The cell of a named column; empty when there is no such column.
  [[nodiscard]] std::string_view cell(std::size_t row, std::string_view name) const;
  /// Whether a quote was never closed: the last row then holds the rest of the file.
  [[nodiscard]] bool unclosed_quote() const noexcept { return m_unclosed; }
  /// How many cells a row has: more than the header when the file wrote too many.
  [[nodiscard]] std::size_t width(std::size_t row) const { return m_rows[row].cells.size(); }
  /// The line of the file on which a row begins, from 1.
  [[nodiscard]] std::uint32_t line(std::size_t row) const { return m_rows[row].line; }

 private:
  struct Row {
    std::uint32_t line;
    std::vector<std::string> cells;
  };
  std::vector<std::string> m_header;
  std::vector<Row> m_rows;
  bool m_unclosed = false;
};

/// The whole content of a file; throws std::system_error naming the file when it cannot be read.
[[nodiscard]] std::string read_file(const std::string& path);

}  // namespace passerelle::codec
