// The linking of one or two files, from records to decisions and clusters.
#pragma once

#include <vector>

#include "gateway/linking/cluster/agglomerate.hpp"
#include "gateway/linking/decide/decision.hpp"
#include "gateway/linking/records/records.hpp"
#include "gateway/linking/spec/linking_spec.hpp"
#include "gateway/linking/train/model.hpp"

namespace passerelle::linking {

/// What training and scoring share.
struct Prepared {
  std::vector<Comparison> comparisons;
  Candidates candidates;
  std::vector<Pattern> patterns;  ///< of each candidate pair, or `not_compared` (train/pattern_counts.hpp)
};

struct Linked {
  Model model;
  std::vector<ScoredPair> pairs;   ///< from the review threshold on, in canonical order
  std::vector<RecordId> clusters;  ///< of each record: the smallest record of its cluster
};

[[nodiscard]] Prepared prepare(const Records& records, const Executor& run);
[[nodiscard]] Model train(const Records& records, const Prepared& prepared, const Executor& run);
[[nodiscard]] Linked link(const Records& records, const Settings& settings, const Prepared& prepared,
                          Model model, const Executor& run);

}  // namespace passerelle::linking
