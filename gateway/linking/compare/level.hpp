// Ordinal levels of likeness: 0 says nothing, 1 is the worst disagreement, the last is equality.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "gateway/linking/spec/kind.hpp"

namespace passerelle::linking {

using Level = std::uint8_t;

namespace words_level {
enum : Level { missing, differs, faint, near, initial, part, sound, edit, crossed, equivalent, exact };
}
namespace date_level {
enum : Level { missing, far, differs, same_year, compatible, two_parts, swapped, edit, exact };
}
namespace digits_level {
enum : Level { missing, differs, near, edit, exact };
}
namespace code_level {
enum : Level { missing, differs, exact };
}

inline constexpr std::size_t most_levels = 11;

struct LevelEntry {
  Family family;
  Level level;
  double default_m;           ///< P(level | same person, both known) before any data
  std::string_view sentence;  ///< French, agrees with "<label> : ..."
};

/// The levels of a family by rank; `none` has no level.
[[nodiscard]] std::span<const LevelEntry> levels_of(Family family) noexcept;
/// The rank of equality.
[[nodiscard]] Level exact_level(Family family) noexcept;

}  // namespace passerelle::linking
