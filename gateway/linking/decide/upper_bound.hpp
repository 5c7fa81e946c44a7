// What a pair can score at most, fact by fact as they become known: few facts tell most pairs apart.
#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "gateway/linking/block/candidates.hpp"
#include "gateway/linking/train/model.hpp"

namespace passerelle::linking {

/// INVARIANT: never under the score of the pair. Relatives, which only lower a score, do not count, nor do
/// dependences but those of values that are equal. Keeps references to what it is given.
class UpperBound {
 public:
  /// What a pair can score, and the part of each comparison in it.
  struct Most {
    double sum = 0;
    std::array<double, most_comparisons> bits{};
  };

  UpperBound(const Records& records, const std::vector<Comparison>& comparisons, const Model& model);

  /// Of a pair of which only equality is known, value by value, how many records hold what is equal, and the
  /// sketches of dates and digits.
  [[nodiscard]] Most at_sight(PairOfRecords pair) const noexcept;
  /// Takes in the level of one comparison.
  void learn(std::size_t comparison, Level level, Most& most) const noexcept {
    const double bits = std::min(m_bits[comparison][level], most.bits[comparison]);
    most.sum += bits - most.bits[comparison];
    most.bits[comparison] = bits;
  }
  /// The comparisons, those first that lower the bound of strangers most; the first name
  /// before the last (PairComparer::compare_while).
  [[nodiscard]] std::span<const std::size_t> order() const noexcept { return m_order; }

 private:
  /// What is seen of one comparison.
  struct Sight {
    double bits = 0;
    bool exact = false;  // its level is that of equality, and no other
  };
  /// The values and sketches of two records.
  struct Rows {
    const ValueId* left;
    const ValueId* right;
    const Sketch* left_sketch;
    const Sketch* right_sketch;
  };

  void set_bits(std::size_t comparison);
  void set_equal(const TrainedComparison& trained, std::size_t field);
  void set_order();
  [[nodiscard]] Sight sight(std::size_t comparison, const Rows& rows) const noexcept;
  [[nodiscard]] double unequal_bits(std::size_t comparison, std::size_t field,
                                    const Rows& rows) const noexcept;
  [[nodiscard]] double equal_bits(std::size_t field, ValueId value) const noexcept;

  const Records& m_records;
  const std::vector<Comparison>& m_comparisons;
  const Model& m_model;
  double m_prior;
  std::array<std::array<double, most_levels>, most_comparisons> m_bits{};  // at each level
  std::array<double, most_comparisons> m_unequal{};
  std::array<bool, most_comparisons> m_certain{};  // equal values are of the level of equality
  std::vector<std::vector<double>> m_equal;        // by field, then by records that hold the value
  std::vector<std::size_t> m_order;
};

}  // namespace passerelle::linking
