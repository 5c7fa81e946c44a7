// A small seeded generator: the same seed gives the same people on every machine.
#pragma once

#include <cstdint>
#include <iterator>

#include "gateway/linking/hash.hpp"

namespace passerelle::linking {

class Random {
 public:
  explicit Random(std::uint64_t seed) : m_state(mix(seed)) {}

  std::uint64_t next() noexcept { return mix(m_state += 0x9E3779B97F4A7C15ULL); }
  /// In [0, bound); bound is not 0.
  std::size_t below(std::size_t bound) noexcept { return static_cast<std::size_t>(next() % bound); }
  /// In [first, last].
  int between(int first, int last) noexcept {
    return first +
           static_cast<int>(below(static_cast<std::size_t>(last) + 1 - static_cast<std::size_t>(first)));
  }
  /// In [0, 1).
  double unit() noexcept { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }
  bool chance(double probability) noexcept { return unit() < probability; }
  template <typename List>
  [[nodiscard]] auto pick(const List& list) noexcept {
    return list[below(std::size(list))];
  }

 private:
  std::uint64_t m_state;
};

}  // namespace passerelle::linking
