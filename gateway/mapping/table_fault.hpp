// What is wrong with a table that the project reads as data: a value, so that all of them are told together.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace passerelle::mapping {

struct TableFault {
  std::string file;
  std::uint32_t line = 0;  ///< from 1; 0 when the fault is that of the whole file
  std::string text;        ///< French, lower case, without final stop

  friend bool operator==(const TableFault&, const TableFault&) = default;
};

using TableFaults = std::vector<TableFault>;

}  // namespace passerelle::mapping
