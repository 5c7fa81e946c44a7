// Scores a pair with a trained model and the frequencies of the very values that agree.
#pragma once

#include <array>
#include <vector>

#include "gateway/linking/compare/comparison.hpp"
#include "gateway/linking/train/model.hpp"
#include "gateway/linking/train/posterior.hpp"

namespace passerelle::linking {

/// What values add to the bits of each comparison of a pair.
using Gains = std::array<double, most_comparisons>;

/// What a level under equality can say for one person at most, whatever the values.
[[nodiscard]] double unequal_bits_of(const Comparison& comparison, const TrainedComparison& trained,
                                     Level level);

/// What equality says for one person when so many records hold the value in question.
[[nodiscard]] double exact_bits_of(const TrainedComparison& trained, const Field& field, std::uint32_t count);

/// Thread-safe once made. Keeps references to what it is given.
class Scorer {
 public:
  Scorer(const Records& records, const std::vector<Comparison>& comparisons, const Model& model);

  /// For exact values: log2(u / frequency), a rare value saying more than the average one. For a typing error
  /// in a name: two frequent names one letter apart are two names, a frequent and a rare one a slip.
  [[nodiscard]] Gains gains(RecordId a, RecordId b, Pattern pattern) const;
  [[nodiscard]] HypothesisBits bits(RecordId a, RecordId b, Pattern pattern) const;
  /// log2 of the odds that the pair is one person.
  [[nodiscard]] double score(RecordId a, RecordId b, Pattern pattern) const;
  [[nodiscard]] const Model& model() const noexcept { return m_model; }

 private:
  [[nodiscard]] double exact_gain(std::size_t comparison, RecordId a, RecordId b) const;
  [[nodiscard]] double crossed_gain(std::size_t comparison, RecordId a, RecordId b) const;
  [[nodiscard]] double slip_gain(std::size_t comparison, RecordId a, RecordId b) const;

  const Records& m_records;
  const std::vector<Comparison>& m_comparisons;
  const Model& m_model;
};

}  // namespace passerelle::linking
