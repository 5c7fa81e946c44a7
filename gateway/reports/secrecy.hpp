// Which cells of a report nobody but the actors of the file may read: small ones, and those that would give a
// small one away.
#pragma once

#include <set>

#include "gateway/reports/figures.hpp"

namespace passerelle::reports {

using Cells = std::set<Cell>;

/// Totals that a report for everyone leaves out: with others that it gives they would give a hidden cell
/// away.
[[nodiscard]] bool is_for_actors_alone(const Cell& cell) noexcept;

/// Cells below the threshold and, in a table whose total is told, as many of the smallest others as it takes
/// until at least two are hidden and those add up to the threshold: what is left of the total tells none of
/// them (the rule of dominance is not applied: each demande weighs one). A threshold of 1 or less hides
/// nothing.
[[nodiscard]] Cells secret_cells(const Figures& figures, std::int64_t threshold);

}  // namespace passerelle::reports
