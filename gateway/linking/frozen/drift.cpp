#include "gateway/linking/frozen/drift.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace passerelle::linking {
namespace {

constexpr double never_seen = 0.5;

double total(std::span<const std::uint64_t> counts) {
  return static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}));
}

}  // namespace

double stability_index(std::span<const std::uint64_t> then, std::span<const std::uint64_t> now) {
  const double all_then = total(then);
  const double all_now = total(now);
  if (all_then == 0 || all_now == 0) return 0;
  double index = 0;
  for (std::size_t i = 0; i < std::min(then.size(), now.size()); ++i) {
    if (then[i] == 0 && now[i] == 0) continue;
    const double p = std::max(never_seen, static_cast<double>(then[i])) / all_then;
    const double q = std::max(never_seen, static_cast<double>(now[i])) / all_now;
    index += (q - p) * std::log(q / p);
  }
  return index;
}

Drift measure_drift(const PairsSeen& then, const PairsSeen& now) {
  Drift drift{stability_index(then.weights, now.weights), {}};
  for (std::size_t i = 0; i < std::min(then.levels.size(), now.levels.size()); ++i)
    drift.levels.push_back(stability_index(then.levels[i], now.levels[i]));
  return drift;
}

double worst_of(const Drift& drift) noexcept {
  double worst = drift.weights;
  for (const double one : drift.levels) worst = std::max(worst, one);
  return worst;
}

}  // namespace passerelle::linking
