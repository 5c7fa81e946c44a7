// The dictionary of the pivot for people, in French: every field, every code, what is an assumption.
#pragma once

#include <string>

#include "gateway/mapping/pivot_tables.hpp"

namespace passerelle::mapping {

/// A Markdown document.
[[nodiscard]] std::string pivot_documentation(const PivotTables& tables);

}  // namespace passerelle::mapping
