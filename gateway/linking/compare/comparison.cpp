#include "gateway/linking/compare/comparison.hpp"

namespace passerelle::linking {
namespace {

/// The usage name is compared together with the birth name.
bool joins_last_name(Kind kind) {
  return kind == Kind::last_name || kind == Kind::usage_name;
}

void add_siblings(Comparison& comparison, std::size_t self, const std::vector<Comparison>& all) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool slips = comparison.kind == all[i].kind && comparison.family == Family::words;
    if (i == self || !slips) continue;
    comparison.siblings.insert(comparison.siblings.end(), all[i].fields.begin(), all[i].fields.end());
  }
}

}  // namespace

std::vector<Comparison> make_comparisons(const Records& records) {
  std::vector<Comparison> comparisons;
  std::size_t last_name = most_comparisons;
  for (std::size_t i = 0; i < records.fields.size(); ++i) {
    const Field& field = records.fields[i];
    if (joins_last_name(field.kind) && last_name < comparisons.size()) {
      comparisons[last_name].fields.push_back(i);
      comparisons[last_name].label += ", " + field.label;
      continue;
    }
    const Kind kind = joins_last_name(field.kind) ? Kind::last_name : field.kind;
    if (kind == Kind::last_name) last_name = comparisons.size();
    comparisons.push_back({kind, kind_entry(kind).family, field.label, {i}, {}});
  }
  for (std::size_t i = 0; i < comparisons.size(); ++i) add_siblings(comparisons[i], i, comparisons);
  return comparisons;
}

}  // namespace passerelle::linking
