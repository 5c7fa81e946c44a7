// Precision, recall and F1 of pairs and clusters against a truth.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace passerelle::linking {

/// Counts of pairs.
struct Measures {
  std::uint64_t right = 0;  ///< found and true
  std::uint64_t found = 0;
  std::uint64_t actual = 0;  ///< true

  [[nodiscard]] double precision() const noexcept;  ///< 1 when nothing was found
  [[nodiscard]] double recall() const noexcept;     ///< 1 when nothing was to find
  [[nodiscard]] double f1() const noexcept;
};

/// The cluster of each id; ids and clusters as written.
using ClusterOf = std::unordered_map<std::string, std::string>;

/// Pairs within clusters against pairs within true clusters, over the ids of the truth.
[[nodiscard]] Measures measure_clusters(const ClusterOf& truth, const ClusterOf& clusters);

/// A pair as the pairs file writes it.
struct WrittenPair {
  std::string left, right;
  double probability = 0;
  std::string decision;
};

/// Measures from one threshold on; `actual` is the number of true pairs.
struct ThresholdMeasures {
  double threshold = 0;
  Measures measures;  ///< of the pairs themselves
  Measures chained;   ///< of the clusters that those pairs make when chained, without any other guard
};
[[nodiscard]] std::vector<ThresholdMeasures> measure_thresholds(const ClusterOf& truth,
                                                                const std::vector<WrittenPair>& pairs,
                                                                const std::vector<double>& thresholds);

/// Measures of the pairs of one decision.
[[nodiscard]] Measures measure_decision(const ClusterOf& truth, const std::vector<WrittenPair>& pairs,
                                        std::string_view decision);

}  // namespace passerelle::linking
