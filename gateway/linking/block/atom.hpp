// Atoms of blocking: one 32-bit key per record for each aspect of a field that two spellings may share.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/linking/compare/comparison.hpp"

namespace passerelle::linking {

inline constexpr std::size_t most_atoms = 128;
using AtomSet = std::bitset<most_atoms>;

/// One aspect: "sounds like", "year of birth", "first half of the code"... 0 is missing.
struct Atom {
  std::string label;               ///< column and aspect, for reports
  std::size_t group = 0;           ///< comparison it belongs to; atoms of one group are not combined
  AtomSet implied;                 ///< atoms that agree whenever this one does, itself included
  std::vector<std::uint32_t> key;  ///< by record
};

/// What an aspect makes of a value; 0 where it does not apply.
using AspectKey = std::uint32_t (*)(const ValueTraits&);

/// The aspect of a family that a label names ("son", "date"...), also "variante" of words; null for none.
[[nodiscard]] AspectKey find_aspect(Family family, std::string_view name) noexcept;

/// Labels of the atoms of first and last name together, whose order does not count, and their aspects.
inline constexpr std::array<std::array<std::string_view, 2>, 2> crossed_labels{
    {{"noms", "mots"}, {"noms : squelettes", "squelette"}}};

/// Two keys as one, in either order: blind to swaps.
[[nodiscard]] std::uint32_t crossed_key(std::uint32_t a, std::uint32_t b) noexcept;

/// Every atom that the comparisons allow, at most `most_atoms`; the names of a person also give pairs that do
/// not see a swap of first and last name.
[[nodiscard]] std::vector<Atom> make_atoms(const Records& records, const std::vector<Comparison>& comparisons,
                                           const Executor& run);

}  // namespace passerelle::linking
