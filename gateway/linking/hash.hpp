// Small, seedless hashes: the same value gives the same bits on every machine and in every run.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace passerelle::linking {

/// A bijective mix of 64 bits (finaliser of SplitMix64).
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t x) noexcept {
  x += 0x9E3779B97F4A7C15ULL;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31U);
}

/// Up to eight bytes as a number, the first one lowest, whatever the machine.
[[nodiscard]] inline std::uint64_t low_bytes(std::string_view bytes) noexcept {
  std::uint64_t word = 0;
  if (!bytes.empty()) std::memcpy(&word, bytes.data(), bytes.size());
  return std::endian::native == std::endian::little ? word : __builtin_bswap64(word);
}

/// A hash of bytes; not for secrets.
[[nodiscard]] inline std::uint64_t hash_bytes(std::string_view text, std::uint64_t seed = 0) noexcept {
  std::uint64_t state = seed ^ (text.size() * 0x9E3779B97F4A7C15ULL);
  while (text.size() >= 8) {
    state = mix(state ^ low_bytes(text.substr(0, 8)));
    text.remove_prefix(8);
  }
  return mix(state ^ low_bytes(text) ^ (static_cast<std::uint64_t>(text.size()) << 56U));
}

/// The same hash cut to 32 bits and never 0, which stands for "missing".
[[nodiscard]] inline std::uint32_t short_hash(std::string_view text, std::uint64_t seed = 0) noexcept {
  if (text.empty()) return 0;
  const auto hash = static_cast<std::uint32_t>(hash_bytes(text, seed));
  return hash == 0 ? 1U : hash;
}

/// Joins two short hashes; missing when either is.
[[nodiscard]] constexpr std::uint32_t join_hashes(std::uint32_t a, std::uint32_t b) noexcept {
  if (a == 0 || b == 0) return 0;
  const auto joined = static_cast<std::uint32_t>(mix((static_cast<std::uint64_t>(a) << 32U) | b));
  return joined == 0 ? 1U : joined;
}

}  // namespace passerelle::linking
