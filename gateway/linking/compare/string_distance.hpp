// Edit distance and Jaro-Winkler likeness, bit-parallel up to 64 bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace passerelle::linking {

/// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours, no part edited
/// twice (Hyyro 2003 for up to 64 bytes, the table beyond). Counts bytes.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The Jaro likeness with Winkler's bonus for up to 4 common first bytes (scale 0.1), in [0, 1]; 0 when one
/// is empty.
[[nodiscard]] double jaro_winkler(std::string_view a, std::string_view b);

/// The same by their definitions: slow, for checks and for texts over 64 bytes.
[[nodiscard]] std::size_t edit_distance_by_table(std::string_view a, std::string_view b);
[[nodiscard]] double jaro_winkler_by_definition(std::string_view a, std::string_view b);

}  // namespace passerelle::linking
