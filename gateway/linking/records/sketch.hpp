// What 32 bits tell of a value: they stand beside its number, where comparing it would wait for the memory.
#pragma once

#include <bit>
#include <cstdint>

#include "gateway/linking/records/dictionary.hpp"

namespace passerelle::linking {

/// Of a date the packed date, of digits a sum of their traits, nothing of the others.
using Sketch = std::uint32_t;

/// Digits: whether each byte, folded to 16 classes, occurs an odd number of times, and 8 bits of the hash of
/// each half.
[[nodiscard]] inline Sketch sketch_of(const ValueTraits& traits, Family family) noexcept {
  if (family == Family::date) return traits.date;
  if (family != Family::digits) return 0;
  Sketch odd = 0;
  for (unsigned i = 0; i < 16; ++i)
    odd |= static_cast<Sketch>((traits.outline.signature >> (4 * i)) & 1U) << i;
  return odd | (traits.head & 0xFFU) << 16U | (traits.tail & 0xFFU) << 24U;
}

/// Whether two values of digits surely differ by more than two edits and have no half in common: an edit
/// changes two counts at most. Never wrongly true.
[[nodiscard]] inline bool tell_apart(Sketch a, Sketch b) noexcept {
  const Sketch unlike = a ^ b;
  return std::popcount(unlike & 0xFFFFU) > 4 && (unlike & 0x00FF0000U) != 0 && (unlike & 0xFF000000U) != 0;
}

}  // namespace passerelle::linking
