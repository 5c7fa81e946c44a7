#include "gateway/linking/train/dependence.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace passerelle::linking {
namespace {

constexpr double least_bits = 0.5;
constexpr double least_pairs = 20;  // of strangers seen to agree on both, or nothing is concluded

double known_both(const Evidence& evidence, std::size_t i, std::size_t j) {
  return evidence.rates.known[i] * evidence.rates.known[j] / evidence.all_pairs;
}

double bits_between(const Evidence& evidence, const Model& model, std::size_t i, std::size_t j,
                    double together) {
  const double u_i = model.comparisons[i].u[exact_level(evidence.comparisons[i].family)];
  const double u_j = model.comparisons[j].u[exact_level(evidence.comparisons[j].family)];
  const double expected = u_i * u_j * known_both(evidence, i, j);
  const double all = evidence.rates.both_exact[i][j];
  const bool seen = together >= least_pairs && together > 0.1 * all;
  return seen && expected > 0 ? std::log2(together / expected) : 0;
}

std::size_t root_of(std::vector<std::size_t>& parent, std::size_t i) {
  while (parent[i] != i) i = parent[i] = parent[parent[i]];
  return i;
}

}  // namespace

std::vector<Dependence> find_dependences(const Evidence& evidence, const Model& model,
                                         const std::vector<std::vector<double>>& strangers_exact) {
  const std::size_t count = evidence.comparisons.size();
  std::vector<Dependence> all;
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = i + 1; j < count; ++j) {
      const double bits = bits_between(evidence, model, i, j, strangers_exact[i][j]);
      if (bits >= least_bits) all.push_back({i, j, bits});
    }
  }
  std::ranges::stable_sort(all, [](const Dependence& a, const Dependence& b) { return a.bits > b.bits; });
  std::vector<std::size_t> parent(count);
  std::iota(parent.begin(), parent.end(), std::size_t{0});
  std::vector<Dependence> forest;
  for (const Dependence& one : all) {
    const std::size_t first = root_of(parent, one.first);
    const std::size_t second = root_of(parent, one.second);
    if (first == second) continue;
    parent[first] = second;
    forest.push_back(one);
  }
  return forest;
}

}  // namespace passerelle::linking
