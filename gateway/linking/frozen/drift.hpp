// Whether the pairs of today still look like those of training.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "gateway/linking/frozen/frozen_model.hpp"

namespace passerelle::linking {

/// Population stability indices (the sum of (p - q) ln(p / q) over classes): 0 for the same shares.
struct Drift {
  double weights = 0;
  std::vector<double> levels;  ///< by comparison
};

/// Under the first nothing is to be done, from the second on the model is to be trained again.
inline constexpr double drift_begins = 0.10;
inline constexpr double drift_is_large = 0.25;

/// The index of two counts by class; a class that one side never saw counts there as half a pair. 0 when
/// either side is empty.
[[nodiscard]] double stability_index(std::span<const std::uint64_t> then, std::span<const std::uint64_t> now);

/// Both must have been seen with the comparisons of one model.
[[nodiscard]] Drift measure_drift(const PairsSeen& then, const PairsSeen& now);

/// The greatest of its indices.
[[nodiscard]] double worst_of(const Drift& drift) noexcept;

}  // namespace passerelle::linking
