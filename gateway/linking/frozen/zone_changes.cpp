#include "gateway/linking/frozen/zone_changes.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace passerelle::linking {
namespace {

std::size_t rank(Decision decision) {
  return static_cast<std::size_t>(decision);
}

/// One pair as two models decide it; null where one did not keep it.
struct Both {
  const ScoredPair* before;
  const ScoredPair* after;
};

std::vector<Both> side_by_side(const std::vector<ScoredPair>& before, const std::vector<ScoredPair>& after) {
  std::vector<Both> all;
  auto i = before.begin();
  auto j = after.begin();
  while (i != before.end() || j != after.end()) {
    const bool first = j == after.end() || (i != before.end() && i->pair <= j->pair);
    const bool second = i == before.end() || (j != after.end() && j->pair <= i->pair);
    all.push_back({first ? &*i : nullptr, second ? &*j : nullptr});
    if (first) ++i;
    if (second) ++j;
  }
  return all;
}

}  // namespace

std::uint64_t ZoneChanges::changed() const noexcept {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    for (std::size_t j = 0; j < pairs.size(); ++j) sum += i == j ? 0 : pairs[i][j];
  }
  return sum;
}

ZoneChanges compare_zones(const std::vector<ScoredPair>& before, const std::vector<ScoredPair>& after) {
  ZoneChanges changes;
  std::map<std::tuple<Decision, Decision, Pattern>, std::uint64_t> vectors;
  for (const auto& [old, now] : side_by_side(before, after)) {
    const Decision from = old == nullptr ? Decision::different : old->decision;
    const Decision to = now == nullptr ? Decision::different : now->decision;
    ++changes.pairs[rank(from)][rank(to)];
    if (from != to) ++vectors[{from, to, old == nullptr ? now->pattern : old->pattern}];
  }
  for (const auto& [key, pairs] : vectors)
    changes.vectors.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), pairs});
  std::ranges::stable_sort(changes.vectors, [](const auto& a, const auto& b) { return a.pairs > b.pairs; });
  return changes;
}

}  // namespace passerelle::linking
