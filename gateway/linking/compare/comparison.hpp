// The comparisons of a linking job and the pattern of levels of a pair.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/linking/compare/level.hpp"
#include "gateway/linking/records/records.hpp"

namespace passerelle::linking {

/// One comparison: the best level over its fields taken two by two (a birth name may stand for a usage name).
struct Comparison {
  Kind kind = Kind::ignore;
  Family family = Family::none;
  std::string label;                  ///< column names, for explanations
  std::vector<std::size_t> fields;    ///< ranks in Records::fields
  std::vector<std::size_t> siblings;  ///< fields whose values may have slipped into these
};

inline constexpr std::size_t most_comparisons = 16;

/// The comparisons that the fields of the records allow, in the order of the fields.
[[nodiscard]] std::vector<Comparison> make_comparisons(const Records& records);

/// The levels of a pair, four bits per comparison.
using Pattern = std::uint64_t;

[[nodiscard]] constexpr Level level_at(Pattern pattern, std::size_t comparison) noexcept {
  return static_cast<Level>((pattern >> (comparison * 4)) & 0xFU);
}

[[nodiscard]] constexpr Pattern with_level(Pattern pattern, std::size_t comparison, Level level) noexcept {
  const std::size_t shift = comparison * 4;
  return (pattern & ~(Pattern{0xF} << shift)) | (Pattern{level} << shift);
}

}  // namespace passerelle::linking
