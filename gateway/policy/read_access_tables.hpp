// Reads the tables of access of a folder, each cell as what it must be.
#pragma once

#include <string>

#include "gateway/codec/csv/table_fault.hpp"
#include "gateway/policy/access_tables.hpp"

namespace passerelle::policy {

/// Reads words, roles, actors, sets, rules, fields and examples of the folder (mappings/access). What is
/// wrong with them is appended to `faults`, and the tables then serve only to find more; throws
/// std::system_error when a file cannot be read.
[[nodiscard]] AccessTables read_access_tables(const std::string& folder, codec::TableFaults& faults);

}  // namespace passerelle::policy
