// One table of access, its cells read as words of the vocabulary; what is wrong with them becomes faults.
#pragma once

#include <fmt/format.h>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/codec/csv/table_rows.hpp"
#include "gateway/policy/period.hpp"
#include "gateway/policy/vocabulary.hpp"

namespace passerelle::policy {

/// The words of a cell, separated by blanks.
[[nodiscard]] std::vector<std::string_view> split_words(std::string_view cell);

/// Named sets of classes (`@...`).
using ClassSets = std::map<std::string, FieldClasses, std::less<>>;

class AccessSheet {
 public:
  /// Reads the file; throws std::system_error when it cannot. Its faults are appended to `faults`, which
  /// outlives it.
  AccessSheet(const std::string& file, std::span<const std::string_view> columns, codec::TableFaults& faults)
      : m_rows(file, columns, faults), m_faults(faults) {}

  [[nodiscard]] std::size_t size() const noexcept { return m_rows.size(); }
  [[nodiscard]] std::uint32_t line(std::size_t row) const { return m_rows.line(row); }
  [[nodiscard]] std::string text(std::size_t row, std::string_view column) const {
    return m_rows.text(row, column);
  }
  /// A cell that may not be empty.
  [[nodiscard]] std::string filled(std::size_t row, std::string_view column);
  /// The name of the row, which no row before it may have; its first column.
  [[nodiscard]] std::string name(std::size_t row, std::string_view column);
  /// The words of the cell as texts, none of them twice.
  [[nodiscard]] std::vector<std::string> list(std::size_t row, std::string_view column);
  /// The columns `since` and `until`.
  [[nodiscard]] Period period(std::size_t row);
  /// The classes of the cell, sets replaced by what they hold.
  [[nodiscard]] FieldClasses classes(std::size_t row, std::string_view column, const ClassSets& sets);

  /// The one word of the cell; the first of its kind, and a fault, when it is none.
  template <typename Word>
  [[nodiscard]] Word word(std::size_t row, std::string_view column) {
    return m_rows.parsed(row, column, parse_word<Word>, m_faults).value_or(Word{});
  }
  /// The words of the cell; those that are none become faults.
  template <typename Word>
  [[nodiscard]] WordSet<Word> words(std::size_t row, std::string_view column) {
    WordSet<Word> set;
    for (const std::string& text : list(row, column)) {
      if (const auto known = parse_word<Word>(text)) {
        set.insert(*known);
      } else {
        unknown(row, column, text);
      }
    }
    return set;
  }
  /// The same, one word at least.
  template <typename Word>
  [[nodiscard]] WordSet<Word> some_words(std::size_t row, std::string_view column) {
    (void)filled(row, column);
    return words<Word>(row, column);
  }

  void unknown(std::size_t row, std::string_view column, std::string_view word);
  void fault(std::size_t row, std::string text) { m_faults.push_back(m_rows.fault(row, std::move(text))); }

 private:
  codec::TableRows m_rows;
  codec::TableFaults& m_faults;
  std::set<std::string> m_names;
};

}  // namespace passerelle::policy
