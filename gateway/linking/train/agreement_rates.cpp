#include "gateway/linking/train/agreement_rates.hpp"

#include <algorithm>
#include <cmath>

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

/// The records whose value others hold too, those of one value side by side.
std::vector<RecordId> by_value(const Field& field) {
  std::vector<std::size_t> place(field.count.size() + 1, 0);
  const auto held_twice = [&](ValueId value) { return value != missing_value && field.count[value] > 1; };
  for (ValueId value = 0; value < field.count.size(); ++value) {
    place[value + 1] = place[value] + (held_twice(value) ? field.count[value] : 0);
  }
  std::vector<RecordId> order(place.back());
  for (RecordId record = 0; record < field.value.size(); ++record) {
    if (const ValueId value = field.value[record]; held_twice(value)) order[place[value]++] = record;
  }
  return order;
}

/// Pairs that hold one value of `first`, of which `order` is by_value, and one of `second`.
double both_exact(const Field& first, const std::vector<RecordId>& order, const Field& second) {
  struct Seen {
    ValueId with = missing_value;  // the value of `first` that `times` counts for
    std::uint32_t times = 0;
  };
  std::vector<Seen> seen(second.count.size());
  std::uint64_t pairs = 0;
  for (const RecordId record : order) {
    const ValueId value = second.value[record];
    if (value == missing_value) continue;
    Seen& slot = seen[value];
    if (slot.with != first.value[record]) slot = {first.value[record], 0};
    pairs += slot.times++;
  }
  return static_cast<double>(pairs);
}

void measure_both(const Records& records, const std::vector<Comparison>& comparisons, AgreementRates& rates,
                  const Executor& run) {
  const std::size_t count = comparisons.size();
  const double scale = records.pair_count() / pairs_of(static_cast<double>(records.size()));
  rates.both_exact.assign(count, std::vector<double>(count, 0));
  run(count, [&](std::size_t row) {
    const Field& first = records.fields[comparisons[row].fields.front()];
    const std::vector<RecordId> order = by_value(first);
    for (std::size_t column = row + 1; column < count; ++column) {
      const Field& second = records.fields[comparisons[column].fields.front()];
      rates.both_exact[row][column] = scale * both_exact(first, order, second);
    }
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
    sampled = count_patterns(compare_pairs(records, comparisons, sample(records), 1, run), run);
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
