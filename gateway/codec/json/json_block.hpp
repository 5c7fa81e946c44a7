// Sixty-four bytes of JSON at a time: where the quotes, escapes, brackets and ends of line stand, as bit
// masks.
#pragma once

#include <cstddef>
#include <cstdint>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace passerelle::codec {

/// Bit n of a mask stands for byte n of the block.
struct JsonBlock {
  static constexpr std::size_t bytes = 64;

  std::uint64_t quote = 0;
  std::uint64_t backslash = 0;
  std::uint64_t open = 0;   ///< `{` or `[`
  std::uint64_t close = 0;  ///< `}` or `]`
  std::uint64_t newline = 0;

  /// Reads 64 bytes from `at`, which must all be readable.
  [[nodiscard]] static JsonBlock read(const char* at) noexcept;
};

#ifdef __SSE2__

inline JsonBlock JsonBlock::read(const char* at) noexcept {
  JsonBlock block;
  for (unsigned part = 0; part < 4; ++part) {
    const __m128i chunk = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + part * 16));
    // `[` and `{`, like `]` and `}`, differ by this bit alone.
    const __m128i folded = _mm_or_si128(chunk, _mm_set1_epi8(0x20));
    const auto mask = [part](__m128i bytes, char wanted) {
      const int found = _mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(wanted)));
      return static_cast<std::uint64_t>(static_cast<unsigned>(found)) << (part * 16);
    };
    block.quote |= mask(chunk, '"');
    block.backslash |= mask(chunk, '\\');
    block.open |= mask(folded, '{');
    block.close |= mask(folded, '}');
    block.newline |= mask(chunk, '\n');
  }
  return block;
}

#else

inline JsonBlock JsonBlock::read(const char* at) noexcept {
  JsonBlock block;
  for (unsigned n = 0; n < bytes; ++n) {
    const std::uint64_t bit = std::uint64_t{1} << n;
    const char c = at[n];
    if (c == '"') block.quote |= bit;
    if (c == '\\') block.backslash |= bit;
    if (c == '{' || c == '[') block.open |= bit;
    if (c == '}' || c == ']') block.close |= bit;
    if (c == '\n') block.newline |= bit;
  }
  return block;
}

#endif

}  // namespace passerelle::codec
