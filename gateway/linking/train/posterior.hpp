// From bits to probabilities: one person against relatives and strangers.
#pragma once

#include <array>

#include "gateway/linking/train/model.hpp"

namespace passerelle::linking {

/// Sums of bits of one pair under each hypothesis, strangers being 0.
using HypothesisBits = std::array<double, hypothesis_count>;

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
