// The three zones of a pair, and what forbids the machine to decide alone.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "gateway/linking/block/candidates.hpp"
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

/// Why a pair above the threshold is still shown to a reader.
enum class Guard : std::uint8_t {
  none,
  same_demande,      ///< two persons of one demande are never one person
  other_first_name,  ///< twins, spouses: first names known and unlike
  other_date,        ///< parent and child, homonyms: dates known and unlike
  other_number,      ///< two different NIR
  too_little,        ///< neither first name nor date known on both sides
};

/// The first guard that a pattern meets. A personal number is never the only proof, since that of a parent or
/// spouse is often typed: it lifts the guard of first names when dates agree, and that of dates when first
/// names are alike.
[[nodiscard]] Guard guard_of(const Records& records, const std::vector<Comparison>& comparisons,
                             PairOfRecords pair, Pattern pattern);

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
