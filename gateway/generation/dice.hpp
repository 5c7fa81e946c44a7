// Chance that is the same on every machine: the same seed gives the same throws.
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace passerelle::generation {

/// SplitMix64 (Steele, Lea, Flood 2014). The distributions of the standard library differ from one to
/// another, so documents drawn with them could not be compared between machines.
class Dice {
 public:
  explicit constexpr Dice(std::uint64_t seed) noexcept : m_state(seed) {}

  constexpr std::uint64_t next() noexcept {
    m_state += 0x9E3779B97F4A7C15U;
    std::uint64_t mixed = m_state;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBU;
    return mixed ^ (mixed >> 31);
  }

  /// From 0 to `count` - 1; `count` is not 0.
  constexpr std::uint64_t below(std::uint64_t count) noexcept { return next() % count; }
  /// Both ends included; more often than by chance one of the ends.
  constexpr std::int64_t between(std::int64_t least, std::int64_t most) noexcept {
    const std::uint64_t edge = below(16);
    if (edge == 0 || least == most) return least;
    if (edge == 1) return most;
    const auto width = static_cast<std::uint64_t>(most) - static_cast<std::uint64_t>(least);
    const std::uint64_t step = width == ~std::uint64_t{0} ? next() : below(width + 1);
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(least) + step);
  }
  /// Both ends included, each value as likely as the others.
  constexpr int even(int least, int most) noexcept {
    return least + static_cast<int>(below(static_cast<std::uint64_t>(most - least) + 1));
  }
  constexpr bool percent(std::uint64_t chance) noexcept { return below(100) < chance; }

  template <typename T>
  constexpr const T& pick(std::span<const T> choices) noexcept {
    return choices[below(choices.size())];
  }
  template <typename T, std::size_t count>
  constexpr const T& pick(const std::array<T, count>& choices) noexcept {
    return choices[below(count)];
  }

 private:
  std::uint64_t m_state;
};

}  // namespace passerelle::generation
