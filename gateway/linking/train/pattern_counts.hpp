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

/// Stands for the pattern of a pair that was left out.
inline constexpr Pattern not_compared = ~Pattern{0};

/// Training learns from about so many pairs, chosen by hash, when there are more.
inline constexpr std::size_t training_pairs = 200'000;

/// The patterns of the pairs in their order; of one pair in `every` only, the others being `not_compared`.
[[nodiscard]] std::vector<Pattern> compare_pairs(const Records& records,
                                                 const std::vector<Comparison>& comparisons,
                                                 const std::vector<PairOfRecords>& pairs, std::size_t every,
                                                 const Executor& run);

/// Distinct patterns in increasing order, with their counts; pairs that were compared stand for all.
[[nodiscard]] std::vector<PatternCount> count_patterns(const std::vector<Pattern>& patterns,
                                                       const Executor& run);

}  // namespace passerelle::linking
