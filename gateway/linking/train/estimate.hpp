// Unsupervised training: expectation-maximisation over pattern counts, with u from all pairs.
#pragma once

#include <vector>

#include "gateway/linking/compare/comparison.hpp"
#include "gateway/linking/train/agreement_rates.hpp"
#include "gateway/linking/train/model.hpp"

namespace passerelle::linking {

/// What estimation reads: candidate patterns, and how all pairs agree. Pairs that are not candidates are
/// taken for strangers: that is what blocking assumes already.
struct Evidence {
  const std::vector<Comparison>& comparisons;
  const std::vector<PatternCount>& counts;
  const AgreementRates& rates;
  double all_pairs = 0;
  double records = 0;
};

/// Learns m, u, priors and dependences. Deterministic; never sees a label. m leans on the defaults of
/// compare/level.def as on a few dozen pairs, so that no level is untrained; the ratio m/u rises with the
/// level.
[[nodiscard]] Model estimate(const Evidence& evidence);

}  // namespace passerelle::linking
