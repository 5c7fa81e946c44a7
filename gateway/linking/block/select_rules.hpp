// Picks few rules that find matches in spite of errors.
#pragma once

#include <vector>

#include "gateway/linking/block/rule.hpp"

namespace passerelle::linking {

/// Greedy choice over imagined matches: each draws, for every comparison, whether it agrees wholly, in part
/// or not at all, by a fixed sequence. The next rule is the one that finds most of those found by few rules
/// yet. Stops at `most` rules, when the budget of pairs is spent, or when nothing is gained. Order of choice.
[[nodiscard]] std::vector<Rule> select_rules(const std::vector<Rule>& rules, const std::vector<Atom>& atoms,
                                             double budget, std::size_t most);

}  // namespace passerelle::linking
