// What a whole mapping must hold once its lines are right one by one.
#pragma once

#include <string>

#include "gateway/mapping/plan.hpp"
#include "gateway/mapping/table_fault.hpp"

namespace passerelle::mapping {

/// Reports every external leaf or emptiable container without a line, every pivot field without a line, every
/// mandatory external field without a source, every place that two lines write, and every code of a list that
/// a table does not translate.
void check_coverage(const Plan& plan, const std::string& file, TableFaults& faults);

/// How much of the pivot a mapping carries, on the way in.
struct CoverageCount {
  std::size_t mapped = 0;  ///< pivot leaves with a counterpart
  std::size_t fields = 0;  ///< pivot leaves, complements and version apart
};
[[nodiscard]] CoverageCount count_coverage(const Plan& plan);

}  // namespace passerelle::mapping
