// What a switch from one model to another would change, pair by pair, told without a value.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "gateway/linking/decide/decision.hpp"

namespace passerelle::linking {

/// Pairs of one vector of levels that leave one zone for another.
struct VectorChange {
  Decision from{};
  Decision to{};
  Pattern pattern = 0;
  std::uint64_t pairs = 0;
};

struct ZoneChanges {
  std::array<std::array<std::uint64_t, 3>, 3>
      pairs{};                        ///< by zone before, then after; different-different is not told
  std::vector<VectorChange> vectors;  ///< the most pairs first

  /// Pairs that change zone.
  [[nodiscard]] std::uint64_t changed() const noexcept;
};

/// Of one file linked with two models of the same columns; a pair that one did not keep is different there.
/// Both in canonical order.
[[nodiscard]] ZoneChanges compare_zones(const std::vector<ScoredPair>& before,
                                        const std::vector<ScoredPair>& after);

}  // namespace passerelle::linking
