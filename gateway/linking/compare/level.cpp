#include "gateway/linking/compare/level.hpp"

#include <algorithm>
#include <array>

namespace passerelle::linking {
namespace {

constexpr std::array catalogue{
#define LEVEL(family, identifier, rank, default_m, sentence) \
  LevelEntry{Family::family, family##_level::identifier, default_m, sentence},
#include "gateway/linking/compare/level.def"
#undef LEVEL
};

}  // namespace

std::span<const LevelEntry> levels_of(Family family) noexcept {
  const auto belongs = [family](const LevelEntry& entry) { return entry.family == family; };
  const auto* const first = std::ranges::find_if(catalogue, belongs);
  const auto* const last = std::find_if_not(first, catalogue.end(), belongs);
  return {first, last};
}

Level exact_level(Family family) noexcept {
  const auto levels = levels_of(family);
  return levels.empty() ? Level{0} : levels.back().level;
}

}  // namespace passerelle::linking
