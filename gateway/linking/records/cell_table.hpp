// The cells of a CSV file by column, as views: the raw matter of records.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/linking/executor.hpp"
#include "gateway/model/fault.hpp"

namespace passerelle::linking {

/// Columns asked for, one view per row, outer blanks trimmed. Views point into the text or into `kept`.
struct CellTable {
  std::vector<std::vector<std::string_view>> columns;
  std::vector<std::uint32_t> lines;  ///< line of each row, from 1
  std::vector<std::string> absent;   ///< columns asked for that the header does not have
  model::Faults faults;
  std::size_t rows = 0;
};

/// Reads the named columns of a text that must outlive the table; `separator` 0 takes the most frequent of
/// , ; | and tab in the header. Short rows are filled with empty cells. Fields with doubled quotes are copied
/// to `kept`. A long text without any quote is read in parts at once.
[[nodiscard]] CellTable read_cells(std::string_view text, const std::vector<std::string>& names,
                                   char separator, std::deque<std::string>& kept, const Executor& run);

}  // namespace passerelle::linking
