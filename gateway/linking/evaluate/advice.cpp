#include "gateway/linking/evaluate/advice.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

namespace passerelle::linking {

std::vector<ThresholdAdvice> advise_thresholds(const Linked& linked, const std::vector<double>& thresholds) {
  std::vector<ThresholdAdvice> all;
  const double expected = std::max(1.0, linked.model.expected_matches);
  for (const double threshold : thresholds) {
    ThresholdAdvice advice{threshold, 0, 1, 0};
    double right = 0;
    for (const ScoredPair& pair : linked.pairs) {
      const double probability = probability_of(pair.log_odds);
      if (probability < threshold) continue;
      ++advice.pairs;
      right += probability;
    }
    if (advice.pairs > 0) advice.precision = right / static_cast<double>(advice.pairs);
    advice.recall = std::min(1.0, right / expected);
    all.push_back(advice);
  }
  return all;
}

std::optional<double> advise_threshold(const Linked& linked, double precision) {
  std::vector<double> probabilities;
  probabilities.reserve(linked.pairs.size());
  for (const ScoredPair& pair : linked.pairs) probabilities.push_back(probability_of(pair.log_odds));
  std::ranges::sort(probabilities, std::greater<>());
  std::optional<double> advised;
  double right = 0;
  for (std::size_t i = 0; i < probabilities.size(); ++i) {
    right += probabilities[i];
    if (right >= precision * static_cast<double>(i + 1)) advised = probabilities[i];
  }
  return advised;
}

std::vector<WeightBin> weight_histogram(const std::vector<ScoredPair>& pairs, double width) {
  std::map<int, std::uint64_t> counts;
  for (const ScoredPair& pair : pairs) ++counts[static_cast<int>(std::floor(pair.log_odds / width))];
  std::vector<WeightBin> bins;
  if (counts.empty()) return bins;
  for (int bin = counts.begin()->first; bin <= counts.rbegin()->first; ++bin) {
    bins.push_back({bin * width, counts.contains(bin) ? counts[bin] : 0});
  }
  return bins;
}

}  // namespace passerelle::linking
