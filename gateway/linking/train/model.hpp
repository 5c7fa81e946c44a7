// What training learns: how much each level speaks for or against one person, and the hypotheses beside it.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "gateway/linking/compare/comparison.hpp"

namespace passerelle::linking {

/// What two records that are not unrelated may be. The relatives share some facts as one person would and
/// the others as strangers do: they keep twins, parents and households from being taken for one person.
enum class Hypothesis : std::uint8_t { same, twin, relative, namesake, homonym };
inline constexpr std::size_t hypothesis_count = 5;

/// P(level | both known) of one comparison.
using Shares = std::array<double, most_levels>;

/// log2 of P(level | hypothesis) / P(level | strangers); 0 at level 0.
using Bits = std::array<double, most_levels>;

struct TrainedComparison {
  Shares m{};                                   ///< same person
  Shares u{};                                   ///< two people at random
  std::array<Bits, hypothesis_count> bits{};    ///< by hypothesis
  std::array<bool, hypothesis_count> shared{};  ///< by hypothesis: whether the fact is shared
  Level exact = 0;                              ///< the rank of equality
};

/// Two comparisons that strangers agree on together more often than apart (town and postcode).
struct Dependence {
  std::size_t first = 0;
  std::size_t second = 0;
  double bits = 0;  ///< to take off when both are exact
};

struct Model {
  std::vector<TrainedComparison> comparisons;
  std::array<double, hypothesis_count> prior{};  ///< share of all comparable pairs
  std::vector<Dependence> dependences;           ///< a forest
  double expected_matches = 0;
};

}  // namespace passerelle::linking
