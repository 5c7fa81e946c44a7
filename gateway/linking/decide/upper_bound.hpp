// What a pair can score at most, fact by fact as they become known: few facts tell most pairs apart.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "gateway/linking/block/candidates.hpp"
#include "gateway/linking/train/model.hpp"

namespace passerelle::linking {

/// INVARIANT: never under the score of the pair. Relatives and dependences, which only lower a score, do not
/// count, and values that are equal are taken for the rarest. Keeps a reference to the records.
class UpperBound {
 public:
  /// What a pair can score, and the part of each comparison in it.
  struct Most {
    double sum = 0;
    std::array<double, most_comparisons> bits{};
  };

  UpperBound(const Records& records, const std::vector<Comparison>& comparisons, const Model& model);

  /// Of a pair of which only equality is known, value by value.
  [[nodiscard]] Most at_sight(PairOfRecords pair) const noexcept;
  /// Takes in the level of one comparison.
  void learn(std::size_t comparison, Level level, Most& most) const noexcept {
    most.sum += m_bits[comparison][level] - most.bits[comparison];
    most.bits[comparison] = m_bits[comparison][level];
  }
  /// Of a pair that was compared.
  [[nodiscard]] double of(Pattern pattern) const noexcept;
  /// The comparisons, those first that lower the bound of strangers most for what they cost; the first name
  /// before the last (PairComparer::compare_while).
  [[nodiscard]] std::span<const std::size_t> order() const noexcept { return m_order; }

 private:
  [[nodiscard]] double sight(std::size_t comparison, const ValueId* left,
                             const ValueId* right) const noexcept;
  void set_order(const Model& model);

  const Records& m_records;
  const std::vector<Comparison>& m_comparisons;
  double m_prior;
  std::array<std::array<double, most_levels>, most_comparisons> m_bits{};  // at each level
  std::array<double, most_comparisons> m_equal{};
  std::array<double, most_comparisons> m_unequal{};
  std::vector<std::size_t> m_order;
};

}  // namespace passerelle::linking
