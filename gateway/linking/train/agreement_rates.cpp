#include "gateway/linking/train/agreement_rates.hpp"

#include <algorithm>
#include <cmath>

#include "gateway/linking/block/radix_sort.hpp"
#include "gateway/linking/hash.hpp"

namespace passerelle::linking {
namespace {

constexpr std::size_t sample_pairs = 1U << 17U;

/// Pairs of records drawn by a fixed sequence over the canonical order.
std::vector<PairOfRecords> sample(const Records& records) {
  std::vector<PairOfRecords> pairs;
  if (records.size() < 2) return pairs;
  pairs.reserve(sample_pairs);
  const auto size = static_cast<std::uint64_t>(records.size());
  for (std::uint64_t i = 0; i < sample_pairs; ++i) {
    const auto a = static_cast<RecordId>(mix(2 * i) % size);
    const auto b = static_cast<RecordId>(mix(2 * i + 1) % size);
    if (a != b && records.comparable(a, b)) pairs.push_back({std::min(a, b), std::max(a, b)});
  }
  return pairs;
}

double pairs_of(double count) {
  return count * (count - 1) / 2;
}

/// The share of pairs that hold one value, among pairs that hold any.
double exact_share(const Field& field) {
  double equal = 0;
  for (const std::uint32_t count : field.count) equal += pairs_of(count);
  const double known = pairs_of(field.known);
  return known > 0 ? equal / known : 0;
}

void count_levels(const std::vector<PatternCount>& counts, std::size_t comparison, Shares& shares,
                  double& known) {
  shares = {};
  known = 0;
  for (const PatternCount& one : counts) {
    const Level level = level_at(one.pattern, comparison);
    if (level == 0) continue;
    shares[level] += one.count;
    known += one.count;
  }
  for (double& share : shares) share = known > 0 ? share / known : 0;
}

/// Puts the exact share in place of the sampled one and spreads the rest as sampled.
void set_exact(Shares& shares, Level level, double exact) {
  const double rest = 1 - shares[level];
  for (double& share : shares) share = rest > 0 ? share * (1 - exact) / rest : 0;
  shares[level] = exact;
}

double both_exact(const Records& records, const Comparison& a, const Comparison& b) {
  const Field& field_a = records.fields[a.fields.front()];
  const Field& field_b = records.fields[b.fields.front()];
  std::vector<std::uint64_t> words;
  std::vector<std::uint64_t> spare;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const ValueId value_a = field_a.value[i];
    const ValueId value_b = field_b.value[i];
    const bool shared = value_a != missing_value && value_b != missing_value && field_a.count[value_a] > 1 &&
                        field_b.count[value_b] > 1;
    if (shared) words.push_back(mix((std::uint64_t{value_a} << 32U) | value_b) >> 20U);
  }
  radix_sort(words, spare, 0, 44);
  double pairs = 0;
  for (auto begin = words.begin(); begin != words.end();) {
    const auto end = std::find_if(begin, words.end(), [&](std::uint64_t word) { return word != *begin; });
    pairs += pairs_of(static_cast<double>(end - begin));
    begin = end;
  }
  return pairs * records.pair_count() / pairs_of(static_cast<double>(records.size()));
}

void measure_both(const Records& records, const std::vector<Comparison>& comparisons, AgreementRates& rates,
                  const Executor& run) {
  const std::size_t count = comparisons.size();
  rates.both_exact.assign(count, std::vector<double>(count, 0));
  run(count * count, [&](std::size_t task) {
    const std::size_t row = task / count;
    const std::size_t column = task % count;
    if (row < column)
      rates.both_exact[row][column] = both_exact(records, comparisons[row], comparisons[column]);
  });
}

}  // namespace

AgreementRates measure_agreement(const Records& records, const std::vector<Comparison>& comparisons,
                                 const std::vector<PatternCount>* complete, const Executor& run) {
  AgreementRates rates;
  rates.share.resize(comparisons.size());
  rates.known.resize(comparisons.size());
  std::vector<PatternCount> sampled;
  if (complete == nullptr)
    sampled = count_patterns(compare_pairs(records, comparisons, sample(records), run), run);
  for (std::size_t i = 0; i < comparisons.size(); ++i) {
    const std::vector<PatternCount>& counts = complete != nullptr ? *complete : sampled;
    count_levels(counts, i, rates.share[i], rates.known[i]);
    if (complete != nullptr) continue;
    double drawn = 0;
    for (const PatternCount& one : sampled) drawn += one.count;
    rates.known[i] *= drawn > 0 ? records.pair_count() / drawn : 0;
    if (comparisons[i].fields.size() > 1) continue;
    set_exact(rates.share[i], exact_level(comparisons[i].family),
              exact_share(records.fields[comparisons[i].fields.front()]));
  }
  measure_both(records, comparisons, rates, run);
  return rates;
}

}  // namespace passerelle::linking
