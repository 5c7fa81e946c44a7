// Sorting of 64-bit words by their low bits, in linear time: the engine's blocks and pairs.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace passerelle::linking {

/// Sorts words by bits [from, to), keeping the order of equal ones. `spare` is room to work in.
inline void radix_sort(std::vector<std::uint64_t>& words, std::vector<std::uint64_t>& spare, unsigned from,
                       unsigned to) {
  constexpr unsigned step = 11;
  constexpr std::uint64_t mask = (1U << step) - 1;
  spare.resize(words.size());
  for (unsigned shift = from; shift < to; shift += step) {
    std::array<std::size_t, mask + 1> starts{};
    for (const std::uint64_t word : words) ++starts[(word >> shift) & mask];
    std::size_t sum = 0;
    for (std::size_t& start : starts) sum += std::exchange(start, sum);
    for (const std::uint64_t word : words) spare[starts[(word >> shift) & mask]++] = word;
    words.swap(spare);
  }
}

}  // namespace passerelle::linking
