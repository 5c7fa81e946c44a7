#include "gateway/linking/normalise/outline.hpp"

#include <algorithm>
#include <bit>
#include <limits>

namespace passerelle::linking {
namespace {

constexpr std::uint64_t low_halves = 0x0F0F0F0F0F0F0F0FULL;
constexpr std::uint64_t high_bits = 0x8080808080808080ULL;
constexpr std::uint64_t ones = 0x0101010101010101ULL;
constexpr std::uint64_t most_of_tally = 15;

unsigned count_of(std::uint64_t bits) {
  return static_cast<unsigned>(std::popcount(bits));
}

std::uint16_t capped(std::size_t count) {
  return static_cast<std::uint16_t>(std::min<std::size_t>(count, std::numeric_limits<std::uint16_t>::max()));
}

Outline with_signature(std::string_view text, std::uint64_t signature) {
  const auto blanks = static_cast<std::size_t>(std::ranges::count(text, ' '));
  Outline outline{signature, 0, capped(text.size()), capped(text.empty() ? 0 : blanks + 1)};
  for (std::size_t i = 0; i < std::min<std::size_t>(4, text.size()); ++i) {
    outline.start |= std::uint32_t{static_cast<unsigned char>(text[i])} << (8 * i);
  }
  return outline;
}

/// Byte by byte, what `a` has more than `b`; bytes are below 128.
std::uint64_t excess(std::uint64_t a, std::uint64_t b) {
  const std::uint64_t difference = (a | high_bits) - b;
  const std::uint64_t greater = ((difference & high_bits) >> 7U) * 0xFFU;
  return difference & ~high_bits & greater;
}

/// The sum over the classes of how much two tallies differ.
unsigned gap(std::uint64_t a, std::uint64_t b) {
  const std::uint64_t low = excess(a & low_halves, b & low_halves) + excess(b & low_halves, a & low_halves);
  a >>= 4U;
  b >>= 4U;
  const std::uint64_t high = excess(a & low_halves, b & low_halves) + excess(b & low_halves, a & low_halves);
  return static_cast<unsigned>(((low + high) * ones) >> 56U);
}

unsigned common_start(const Outline& a, const Outline& b) {
  return static_cast<unsigned>(std::countr_zero(a.start ^ b.start)) / 8;
}

bool sizes_within(const Outline& a, const Outline& b, std::size_t most) {
  return static_cast<std::size_t>(a.size > b.size ? a.size - b.size : b.size - a.size) <= most;
}

}  // namespace

std::uint64_t letters_of(std::string_view text) noexcept {
  std::uint64_t letters = 0;
  for (const char c : text) letters |= std::uint64_t{1} << (static_cast<unsigned char>(c) & 63U);
  return letters;
}

std::uint64_t tally_of(std::string_view text) noexcept {
  std::uint64_t tally = 0;
  for (const char c : text) {
    const unsigned shift = (static_cast<unsigned char>(c) & 15U) * 4;
    if (((tally >> shift) & most_of_tally) < most_of_tally) tally += std::uint64_t{1} << shift;
  }
  return tally;
}

Outline outline_of_words(std::string_view text) noexcept {
  return with_signature(text, letters_of(text));
}

Outline outline_of_code(std::string_view text) noexcept {
  return with_signature(text, tally_of(text));
}

bool may_be_within(const Outline& a, const Outline& b, std::size_t most) noexcept {
  return sizes_within(a, b, most) && count_of(a.signature ^ b.signature) <= 2 * most;
}

bool codes_may_be_within(const Outline& a, const Outline& b, std::size_t most) noexcept {
  return sizes_within(a, b, most) && gap(a.signature, b.signature) <= 2 * most;
}

bool may_be_like(const Outline& a, const Outline& b, double least) noexcept {
  const double matches = std::min(static_cast<double>(a.size) - count_of(a.signature & ~b.signature),
                                  static_cast<double>(b.size) - count_of(b.signature & ~a.signature));
  if (matches <= 0) return false;
  const double jaro = (matches / a.size + matches / b.size + 1) / 3;
  const double prefix = std::min(common_start(a, b), 4U);
  return jaro + prefix * 0.1 * (1 - jaro) >= least;
}

bool may_be_part(const Outline& few, const Outline& many, std::size_t most) noexcept {
  return count_of(few.signature & ~many.signature) <= most;
}

}  // namespace passerelle::linking
