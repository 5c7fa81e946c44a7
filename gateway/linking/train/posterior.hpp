// From bits to probabilities: one person against relatives and strangers.
#pragma once

#include <array>

#include "gateway/linking/train/model.hpp"

namespace passerelle::linking {

/// What one comparison may say for a hypothesis, whatever was learned.
inline constexpr double most_bits = 22;

/// Sums of bits of one pair under each hypothesis, strangers being 0.
using HypothesisBits = std::array<double, hypothesis_count>;

/// What the level of one comparison says under one hypothesis, while dependences take from it.
struct Agreement {
  double bits = 0;   ///< none when it speaks against
  double share = 0;  ///< of the bits of equality, in [0, 1]
};

/// Takes a dependence off two agreements, in the measure in which both agree, and returns what it took.
/// INVARIANT: what one dependence took no other takes again, so that an agreement never speaks against; and
/// two facts that go together never say more by agreeing less.
double take_off(double dependence, Agreement& first, Agreement& second) noexcept;

/// The agreement of a comparison at a level, which says `bits` under the hypothesis.
[[nodiscard]] Agreement agreement_of(const TrainedComparison& trained, std::size_t hypothesis, Level level,
                                     double bits) noexcept;

/// The bits of a pattern under each hypothesis, dependences taken off. `gain[i]` is what the value adds to
/// the bits of comparison i where it is shared (term frequencies); null for none.
[[nodiscard]] HypothesisBits bits_of(const Model& model, Pattern pattern, const double* gain = nullptr);

/// P(hypothesis | pair), strangers having the rest.
[[nodiscard]] std::array<double, hypothesis_count> posterior(const Model& model, const HypothesisBits& bits);

/// log2 of the odds that the pair is one person.
[[nodiscard]] double log_odds(const Model& model, const HypothesisBits& bits);

[[nodiscard]] double probability_of(double log_odds);

/// Rebuilds the bits of a model from its m and u, rising with the level.
void refresh_bits(Model& model, const std::vector<Comparison>& comparisons);

}  // namespace passerelle::linking
