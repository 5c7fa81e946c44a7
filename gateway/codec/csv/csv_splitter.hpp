// Cuts a stream of CSV (RFC 4180) into rows and cells, without copying them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "gateway/codec/byte_window.hpp"
#include "gateway/model/fault.hpp"

namespace passerelle::codec {

/// One cell, by its place in the row.
struct CsvCell {
  std::uint32_t begin = 0;  ///< without its quotes
  std::uint32_t size = 0;
  model::Position at;  ///< of its first byte, quote included
  bool quoted = false;
  bool doubled = false;  ///< a quote inside is written twice
};

/// Valid until the next `next()`.
struct CsvRow {
  std::string_view bytes;       ///< without the end of line
  std::vector<CsvCell> cells;   ///< those asked for
  std::size_t filled_over = 0;  ///< cells beyond those, but for the empty ones
  std::size_t over = 0;         ///< cells beyond those
  model::Position at;
  model::Position end;
  /// The row could not be cut, or is over a limit: there are no cells.
  std::optional<model::FaultCode> fault;
  model::Position fault_at;

  [[nodiscard]] std::string_view text(const CsvCell& cell) const noexcept {
    return bytes.substr(cell.begin, cell.size);
  }
};

/// Rows end with a line feed, perhaps after a carriage return; blank lines are passed over. A quote that is
/// never closed, or that stands where RFC 4180 allows none, makes a faulty row: the cut resumes at the line
/// after the one where its cell begins, so that one such quote costs one row.
class CsvSplitter {
 public:
  /// `mark_allowed`: a UTF-8 byte order mark at the head is passed over (columns do not count it).
  CsvSplitter(ByteSource& source, char separator, bool mark_allowed);

  /// Whether the first bytes are those of UTF-16 or UTF-32, or a mark that may not stand there.
  [[nodiscard]] bool foreign_head() const noexcept { return m_foreign_head; }
  /// How many cells of a row are kept.
  void keep_cells(std::size_t most) noexcept { m_most_cells = most; }
  /// Moves to the next row; false at the end of the file.
  [[nodiscard]] bool next(CsvRow& row);

 private:
  void take_head(bool mark_allowed);
  bool skip_blank_lines();
  bool ready();
  [[nodiscard]] char byte() const noexcept { return m_window.view()[m_at]; }
  void take_plain_cells(CsvRow& row);
  bool take_cell(CsvRow& row);
  bool take_plain(CsvCell& cell);
  bool take_quoted(CsvCell& cell);
  void count_lines(const CsvCell& cell);
  void skip_return();
  void add(CsvRow& row, const CsvCell& cell) const;
  bool take_separator();
  void take_line_feed();
  static void refuse(CsvRow& row, model::FaultCode code, model::Position at);
  void skip_line(std::size_t from);
  [[nodiscard]] model::Position position(std::size_t at) const noexcept;

  ByteWindow m_window;
  char m_separator;
  bool m_foreign_head = false;
  bool m_over_limit = false;
  std::size_t m_most_cells;
  std::size_t m_at = 0;          // in the row
  std::size_t m_line_start = 0;  // in the row: of the line being read
  std::uint32_t m_line = 1;
};

/// The first of the separator, a quote or a line feed at or after `from`, or the end. ByteWindow::padding
/// bytes after the text may be read.
[[nodiscard]] std::size_t find_csv_mark(std::string_view text, std::size_t from, char separator) noexcept;

}  // namespace passerelle::codec
