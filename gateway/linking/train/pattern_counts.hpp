// How often each pattern of levels occurs: all that training needs of the pairs.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "gateway/linking/block/candidates.hpp"
#include "gateway/linking/compare/comparison.hpp"
#include "gateway/linking/executor.hpp"

namespace passerelle::linking {

struct PatternCount {
  Pattern pattern = 0;
  double count = 0;

  friend bool operator==(const PatternCount&, const PatternCount&) = default;
};

/// The pattern of every pair, in the order of the pairs.
[[nodiscard]] std::vector<Pattern> compare_pairs(const Records& records,
                                                 const std::vector<Comparison>& comparisons,
                                                 const std::vector<PairOfRecords>& pairs,
                                                 const Executor& run);

/// Distinct patterns in increasing order, with their counts.
[[nodiscard]] std::vector<PatternCount> count_patterns(const std::vector<Pattern>& patterns,
                                                       const Executor& run);

}  // namespace passerelle::linking
