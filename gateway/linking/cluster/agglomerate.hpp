// Clusters that resist chains: a link joins two clusters only when their members agree on average.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "gateway/linking/decide/decision.hpp"

namespace passerelle::linking {

/// What two records weigh together, in bits: positive speaks for one person. Symmetric.
using PairWeight = std::function<double(RecordId, RecordId)>;

struct ClusterLimits {
  double least_odds = 0;      ///< log2 odds under which a pair begins no merge
  bool one_per_file = false;  ///< a cluster holds at most one record of each file
};

/// The cluster of each record, named by its smallest member. Pairs are taken by falling odds (ties in
/// canonical order); two clusters merge when the mean weight over all pairs between them is positive. Large
/// clusters are judged on a fixed sample of pairs.
[[nodiscard]] std::vector<RecordId> agglomerate(const Records& records, const std::vector<ScoredPair>& pairs,
                                                const ClusterLimits& limits, const PairWeight& weight);

}  // namespace passerelle::linking
