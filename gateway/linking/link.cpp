#include "gateway/linking/link.hpp"

#include <cmath>

#include "gateway/linking/compare/pair_comparer.hpp"
#include "gateway/linking/train/agreement_rates.hpp"
#include "gateway/linking/train/estimate.hpp"

namespace passerelle::linking {
namespace {

constexpr double never = -1000;

/// Bits of a pair without the prior: what a cluster averages. The relatives count as strangers do.
double weight_of(const Records& records, const Prepared& prepared, const Scorer& scorer,
                 PairComparer& comparer, PairOfRecords pair) {
  const Pattern pattern = comparer.compare(pair.left, pair.right);
  if (guard_of(records, prepared.comparisons, pair, pattern) == Guard::same_demande) return never;
  return scorer.score(pair.left, pair.right, pattern) - std::log2(scorer.model().prior[0]);
}

}  // namespace

Prepared prepare(const Records& records, const Executor& run) {
  Prepared prepared;
  prepared.comparisons = make_comparisons(records);
  prepared.candidates = find_candidates(records, prepared.comparisons, run);
  const std::vector<PairOfRecords>& pairs = prepared.candidates.pairs;
  // Of all pairs of a small file, training counts each: they are strangers as well (measure_agreement).
  const bool complete = prepared.candidates.complete;
  const std::size_t every = complete ? 1 : std::max<std::size_t>(1, pairs.size() / training_pairs);
  prepared.patterns = compare_pairs(records, prepared.comparisons, pairs, every, run);
  return prepared;
}

Model train(const Records& records, const Prepared& prepared, const Executor& run) {
  const std::vector<PatternCount> counts = count_patterns(prepared.patterns, run);
  const AgreementRates rates =
      measure_agreement(records, prepared.comparisons, prepared.candidates.complete ? &counts : nullptr, run);
  return estimate({prepared.comparisons, counts, rates, std::max(1.0, records.pair_count()),
                   static_cast<double>(records.size())});
}

Linked link(const Records& records, const Settings& settings, const Prepared& prepared, Model model,
            const Executor& run) {
  Linked linked{std::move(model), {}, {}};
  const Scorer scorer(records, prepared.comparisons, linked.model);
  linked.pairs = decide_pairs({records, prepared.comparisons, scorer, settings}, prepared.candidates.pairs,
                              prepared.patterns, run);
  PairComparer comparer(records, prepared.comparisons);
  const ClusterLimits limits{std::log2(settings.cluster / (1 - std::min(settings.cluster, 0.999999))),
                             settings.distinct};
  linked.clusters = agglomerate(records, linked.pairs, limits, [&](RecordId a, RecordId b) {
    return weight_of(records, prepared, scorer, comparer, {std::min(a, b), std::max(a, b)});
  });
  return linked;
}

}  // namespace passerelle::linking
