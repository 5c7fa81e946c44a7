#include "gateway/linking/frozen/frozen_model.hpp"

#include <algorithm>
#include <cmath>

namespace passerelle::linking {
namespace {

constexpr double class_width = 4;  // bits

}  // namespace

std::vector<std::string> cell_columns(const LinkingSpec& spec) {
  std::vector<std::string> names;
  for (const Column& column : spec.columns) {
    if (holds_cell(column.kind)) names.push_back(column.name);
  }
  return names;
}

bool holds_cell(Kind kind) noexcept {
  return kind != Kind::id && kind != Kind::ignore;
}

bool lists_values(Kind kind) noexcept {
  switch (kind) {
    case Kind::first_name:
    case Kind::middle_name:
    case Kind::last_name:
    case Kind::usage_name:
    case Kind::date:
    case Kind::sex:
    case Kind::place:
    case Kind::commune:
    case Kind::birth_commune:
    case Kind::postcode:
    case Kind::category: return true;
    default: return false;
  }
}

std::size_t weight_class(double log_odds) noexcept {
  const double rank = std::clamp(std::floor(log_odds / class_width) + 1, 0.0, weight_classes - 1.0);
  return static_cast<std::size_t>(rank);
}

std::string weight_class_name(std::size_t rank) {
  constexpr auto width = static_cast<std::size_t>(class_width);
  if (rank == 0) return "< 0";
  const std::string from = std::to_string((rank - 1) * width);
  return rank + 1 == weight_classes ? from + " et plus" : from + " à " + std::to_string(rank * width);
}

PairsSeen see_pairs(const std::vector<ScoredPair>& pairs, const std::vector<Comparison>& comparisons,
                    double review) {
  PairsSeen seen;
  seen.levels.resize(comparisons.size());
  for (const ScoredPair& pair : pairs) {
    if (probability_of(pair.log_odds) < review) continue;
    ++seen.weights[weight_class(pair.log_odds)];
    for (std::size_t i = 0; i < comparisons.size(); ++i) ++seen.levels[i][level_at(pair.pattern, i)];
  }
  return seen;
}

}  // namespace passerelle::linking
