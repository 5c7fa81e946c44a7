// What bounds the likeness of two texts without reading them: most pairs are told apart by this alone.
#pragma once

#include <cstdint>
#include <string_view>

namespace passerelle::linking {

/// The outline of a text, computed once for many comparisons.
struct Outline {
  std::uint64_t signature = 0;  ///< letters_of a text in words, tally_of a code
  std::uint32_t start = 0;      ///< the first four bytes, the first one lowest
  std::uint16_t size = 0;       ///< bytes, 65535 at most
  std::uint16_t words = 0;      ///< words parted by one blank, 65535 at most
};

/// The bytes that occur in a text, one bit each, folded to 64.
[[nodiscard]] std::uint64_t letters_of(std::string_view text) noexcept;
/// How often each byte occurs, folded to 16 classes, four bits each, 15 at most.
[[nodiscard]] std::uint64_t tally_of(std::string_view text) noexcept;

[[nodiscard]] Outline outline_of_words(std::string_view text) noexcept;
[[nodiscard]] Outline outline_of_code(std::string_view text) noexcept;

/// Whether the edit distance of two texts in words may be at most `most`: each edit changes at most two bits.
/// Never wrongly false.
[[nodiscard]] bool may_be_within(const Outline& a, const Outline& b, std::size_t most) noexcept;

/// The same of two codes: each edit moves the tally by two at most.
[[nodiscard]] bool codes_may_be_within(const Outline& a, const Outline& b, std::size_t most) noexcept;

/// Whether the Jaro-Winkler likeness of two texts in words may reach `least`. Never wrongly false.
[[nodiscard]] bool may_be_like(const Outline& a, const Outline& b, double least) noexcept;

/// Whether the words of the first text may all stand in the second with at most `most` edits between them.
[[nodiscard]] bool may_be_part(const Outline& few, const Outline& many, std::size_t most) noexcept;

}  // namespace passerelle::linking
