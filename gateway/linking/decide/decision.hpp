// The three zones of a pair.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "gateway/linking/block/candidates.hpp"
#include "gateway/linking/decide/guard.hpp"
#include "gateway/linking/decide/scorer.hpp"

namespace passerelle::linking {

/// Stable words of the pairs file: same, review, different.
enum class Decision : std::uint8_t { same, review, different };

[[nodiscard]] std::string_view decision_word(Decision decision) noexcept;

struct ScoredPair {
  PairOfRecords pair{};
  Pattern pattern = 0;
  double log_odds = 0;
  Decision decision = Decision::different;

  friend bool operator==(const ScoredPair&, const ScoredPair&) = default;
};

/// `same` from the threshold on unless a guard stands, `review` from its threshold on, else `different`.
/// A pair of one demande is always different.
[[nodiscard]] Decision decide(const Settings& settings, Guard guard, double log_odds);

/// What every pair is decided with. Keeps references to what it is given.
struct Judge {
  const Records& records;
  const std::vector<Comparison>& comparisons;
  const Scorer& scorer;
  const Settings& settings;
};

/// Scores the pairs and keeps those that reach the lower of the review and cluster thresholds. `patterns`
/// holds that of each pair, or `not_compared`.
[[nodiscard]] std::vector<ScoredPair> decide_pairs(const Judge& judge,
                                                   const std::vector<PairOfRecords>& pairs,
                                                   const std::vector<Pattern>& patterns, const Executor& run);

}  // namespace passerelle::linking
