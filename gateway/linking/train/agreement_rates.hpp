// How strangers agree: the share of each level over all pairs, without drawing seeds.
#pragma once

#include <vector>

#include "gateway/linking/executor.hpp"
#include "gateway/linking/train/model.hpp"
#include "gateway/linking/train/pattern_counts.hpp"

namespace passerelle::linking {

/// Over all comparable pairs of the records.
struct AgreementRates {
  std::vector<Shares> share;  ///< by comparison: of each level, among pairs known on both sides
  std::vector<double> known;  ///< by comparison: pairs known on both sides
  std::vector<std::vector<double>> both_exact;  ///< by two comparisons: pairs exact on both; row < column
};

/// Exact levels come from value counts (the sum of squared frequencies), the others from a fixed sample of
/// pairs, or from all pairs when `complete` counts are given.
[[nodiscard]] AgreementRates measure_agreement(const Records& records,
                                               const std::vector<Comparison>& comparisons,
                                               const std::vector<PatternCount>* complete,
                                               const Executor& run);

}  // namespace passerelle::linking
