// What thresholds would give, told from the model alone: expected precision, expected share found, histogram.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "gateway/linking/link.hpp"

namespace passerelle::linking {

/// What deciding from one threshold on would give if the probabilities are right.
struct ThresholdAdvice {
  double threshold = 0;
  std::uint64_t pairs = 0;
  double precision = 0;  ///< mean probability of the pairs kept; 1 when there is none
  double recall = 0;     ///< expected matches among them, over all that are expected
};

/// Pairs must have been decided with a review threshold under the lowest of these.
[[nodiscard]] std::vector<ThresholdAdvice> advise_thresholds(const Linked& linked,
                                                             const std::vector<double>& thresholds);

/// The least threshold from which the mean probability reaches `precision`; nothing when none does.
[[nodiscard]] std::optional<double> advise_threshold(const Linked& linked, double precision);

/// Pairs whose log2 odds lie in [bits, bits + width).
struct WeightBin {
  double bits = 0;
  std::uint64_t pairs = 0;
};

/// The histogram of log2 odds from the least to the greatest, empty bins included.
[[nodiscard]] std::vector<WeightBin> weight_histogram(const std::vector<ScoredPair>& pairs, double width);

}  // namespace passerelle::linking
