// The syntax of a `.table` file: directives, field lines of seven columns, comments
// (docs/mapping-language.md).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/mapping/table_fault.hpp"

namespace passerelle::mapping {

inline constexpr std::size_t column_count = 7;

/// `keyword value`, for instance `schema sne/02.01/CRE.xsd`.
struct Directive {
  std::string keyword;
  std::string value;
  std::uint32_t line;
};

/// The seven cells of a field line, trimmed.
struct RawLine {
  std::array<std::string, column_count> cells;
  std::string file;
  std::uint32_t line;
};

struct TableText {
  std::vector<Directive> directives;
  std::vector<RawLine> lines;

  /// The value of the first directive with that keyword; empty when there is none.
  [[nodiscard]] std::string_view value(std::string_view keyword) const noexcept;
};

/// Splits the text of a table; lines with another number of columns are reported and left out.
[[nodiscard]] TableText split_table(std::string_view text, const std::string& file, TableFaults& faults);

/// The text without blanks at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text) noexcept;

}  // namespace passerelle::mapping
