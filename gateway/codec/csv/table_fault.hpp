// What is wrong with a table that the project reads as data: a value, so that all of them are told together.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace passerelle::codec {

/// What its author has to do about it.
enum class TableWork : std::uint8_t {
  correct,    ///< something written is wrong
  write,      ///< a line is missing
  translate,  ///< a code is missing in a code table
};

struct TableFault {
  std::string file;
  std::uint32_t line = 0;  ///< from 1; 0 when the fault is that of the whole file
  std::string text;        ///< French, lower case, without final stop
  TableWork work = TableWork::correct;
  std::string proposal = {};  ///< French: a way out; empty: none known

  friend bool operator==(const TableFault&, const TableFault&) = default;
};

using TableFaults = std::vector<TableFault>;

}  // namespace passerelle::codec
