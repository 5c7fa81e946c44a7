// Choices of which some are drawn more often than others.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "gateway/generation/dice.hpp"

namespace passerelle::generation {

template <typename T>
class Weighted {
 public:
  Weighted() = default;
  Weighted(std::initializer_list<std::pair<T, std::uint64_t>> choices) {
    for (const auto& [choice, weight] : choices) add(choice, weight);
  }

  /// A choice of weight 0 is never drawn.
  void add(T choice, std::uint64_t weight) {
    if (weight == 0) return;
    m_choices.push_back(std::move(choice));
    m_ends.push_back(total() + weight);
  }

  [[nodiscard]] bool empty() const noexcept { return m_choices.empty(); }
  [[nodiscard]] std::uint64_t total() const noexcept { return m_ends.empty() ? 0 : m_ends.back(); }
  /// Only when not empty.
  [[nodiscard]] const T& pick(Dice& dice) const noexcept {
    const auto end = std::ranges::upper_bound(m_ends, dice.below(total()));
    return m_choices[static_cast<std::size_t>(end - m_ends.begin())];
  }

 private:
  std::vector<T> m_choices;
  std::vector<std::uint64_t> m_ends;  // the sum of the weights up to and with each choice
};

}  // namespace passerelle::generation
