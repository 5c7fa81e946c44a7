// A trained model kept for later: what is needed to judge one demande as a whole file was judged.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "gateway/linking/compare/comparison.hpp"
#include "gateway/linking/decide/decision.hpp"
#include "gateway/linking/frozen/frozen_rule.hpp"
#include "gateway/linking/spec/linking_spec.hpp"
#include "gateway/linking/train/model.hpp"

namespace passerelle::linking {

/// How many records of the training file bear what hashes so (hash_bytes of the normalised text).
struct HashCount {
  std::uint64_t hash = 0;
  std::uint32_t count = 0;

  friend bool operator==(const HashCount&, const HashCount&) = default;
};

/// What fewer records bear is not listed: a model names nobody.
inline constexpr std::uint32_t least_listed = 20;

/// How often the values of one field were borne in training. Of phones, e-mails, addresses, numbers and free
/// text nothing is listed, however frequent (`lists_values`).
struct FieldFrequencies {
  std::uint32_t known = 0;        ///< records that hold any value
  std::uint32_t unlisted = 1;     ///< records taken to hold a value that is not listed
  std::vector<HashCount> values;  ///< hashes rise, counts from least_listed on
  std::vector<HashCount>
      beginnings;  ///< of first names: records whose first word, particles apart, hashes so

  friend bool operator==(const FieldFrequencies&, const FieldFrequencies&) = default;
};

/// Match weights by classes of four bits: under 0, 0 to 4, ... 56 and more.
inline constexpr std::size_t weight_classes = 16;
using WeightCounts = std::array<std::uint64_t, weight_classes>;
using LevelCounts = std::array<std::uint64_t, most_levels>;

/// What the pairs from the review threshold on look like: drift is told by it.
struct PairsSeen {
  WeightCounts weights{};
  std::vector<LevelCounts> levels;  ///< by comparison

  friend bool operator==(const PairsSeen&, const PairsSeen&) = default;
};

/// Made by `freeze` or `read_frozen_model`; holds no reference. Changes nothing once made: any number of
/// threads may read it.
struct FrozenModel {
  std::string version;                  ///< one word, printable ASCII
  LinkingSpec spec;                     ///< columns, kinds and thresholds
  std::uint32_t records = 0;            ///< of the training file
  std::vector<Comparison> comparisons;  ///< that the spec allows
  Model model;
  std::vector<FrozenRule> rules;
  std::vector<FieldFrequencies> frequencies;  ///< by field of the spec
  PairsSeen seen;                             ///< in training
};

/// One text per column of the spec that is neither `id` nor `ignore`, in its order (`cell_columns`); empty:
/// unknown. Texts are raw, as a form or a file writes them.
using Cells = std::vector<std::string>;

/// Whether a person has a cell of the kind: any but `id` and `ignore`.
[[nodiscard]] bool holds_cell(Kind kind) noexcept;

/// The names of the columns that `Cells` follows.
[[nodiscard]] std::vector<std::string> cell_columns(const LinkingSpec& spec);

/// Whether a model lists the frequent values of a kind.
[[nodiscard]] bool lists_values(Kind kind) noexcept;

/// The class of a weight in bits.
[[nodiscard]] std::size_t weight_class(double log_odds) noexcept;

/// "< 0", "0 à 4"... in bits.
[[nodiscard]] std::string weight_class_name(std::size_t rank);

/// What pairs from a probability on look like.
[[nodiscard]] PairsSeen see_pairs(const std::vector<ScoredPair>& pairs,
                                  const std::vector<Comparison>& comparisons, double review);

}  // namespace passerelle::linking
