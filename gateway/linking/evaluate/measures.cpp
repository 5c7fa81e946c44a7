#include "gateway/linking/evaluate/measures.hpp"

#include <algorithm>

namespace passerelle::linking {
namespace {

using Sizes = std::unordered_map<std::string, std::uint64_t>;

std::uint64_t pairs_of(const Sizes& sizes) {
  std::uint64_t pairs = 0;
  for (const auto& [name, size] : sizes) pairs += size * (size - 1) / 2;
  return pairs;
}

double ratio(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 1.0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::uint64_t actual_pairs(const ClusterOf& truth) {
  Sizes sizes;
  for (const auto& [id, cluster] : truth) ++sizes[cluster];
  return pairs_of(sizes);
}

bool is_true(const ClusterOf& truth, const WrittenPair& pair) {
  const auto left = truth.find(pair.left);
  const auto right = truth.find(pair.right);
  return left != truth.end() && right != truth.end() && left->second == right->second;
}

template <typename Kept>
Measures measure_pairs(const ClusterOf& truth, const std::vector<WrittenPair>& pairs, const Kept& kept) {
  Measures measures{0, 0, actual_pairs(truth)};
  for (const WrittenPair& pair : pairs) {
    if (!kept(pair)) continue;
    ++measures.found;
    if (is_true(truth, pair)) ++measures.right;
  }
  return measures;
}

/// The clusters that pairs make when each joins those of its two ends; an id in no pair is left out.
template <typename Kept>
ClusterOf chain(const std::vector<WrittenPair>& pairs, const Kept& kept) {
  ClusterOf parent;
  const auto root_of = [&parent](std::string id) {
    parent.try_emplace(id, id);
    while (parent[id] != id) id = parent[id] = parent[parent[id]];
    return id;
  };
  for (const WrittenPair& pair : pairs) {
    if (!kept(pair)) continue;
    const std::string left = root_of(pair.left);
    const std::string right = root_of(pair.right);
    parent[right] = left;
  }
  ClusterOf clusters;
  for (const auto& [id, ignored] : parent) clusters.emplace(id, id);
  for (auto& [id, cluster] : clusters) cluster = root_of(id);
  return clusters;
}

}  // namespace

double Measures::precision() const noexcept {
  return ratio(right, found);
}

double Measures::recall() const noexcept {
  return ratio(right, actual);
}

double Measures::f1() const noexcept {
  return ratio(2 * right, found + actual);
}

Measures measure_clusters(const ClusterOf& truth, const ClusterOf& clusters) {
  Sizes found;
  Sizes actual;
  Sizes both;
  for (const auto& [id, cluster] : truth) {
    ++actual[cluster];
    const auto given = clusters.find(id);
    if (given == clusters.end()) continue;
    ++found[given->second];
    ++both[cluster + '\n' + given->second];
  }
  return {pairs_of(both), pairs_of(found), pairs_of(actual)};
}

std::vector<ThresholdMeasures> measure_thresholds(const ClusterOf& truth,
                                                  const std::vector<WrittenPair>& pairs,
                                                  const std::vector<double>& thresholds) {
  std::vector<ThresholdMeasures> all;
  for (const double threshold : thresholds) {
    const auto kept = [threshold](const WrittenPair& pair) { return pair.probability >= threshold; };
    all.push_back(
        {threshold, measure_pairs(truth, pairs, kept), measure_clusters(truth, chain(pairs, kept))});
  }
  return all;
}

Measures measure_decision(const ClusterOf& truth, const std::vector<WrittenPair>& pairs,
                          std::string_view decision) {
  return measure_pairs(truth, pairs,
                       [decision](const WrittenPair& pair) { return pair.decision == decision; });
}

}  // namespace passerelle::linking
