#include "gateway/linking/frozen/frozen_link.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "gateway/linking/frozen/frequencies.hpp"
#include "gateway/linking/train/pattern_counts.hpp"

namespace passerelle::linking {
namespace {

struct Keyed {
  std::uint64_t key;
  RecordId record;

  friend auto operator<=>(const Keyed&, const Keyed&) = default;
};

struct Found {
  std::vector<PairOfRecords> pairs;
  std::size_t over_the_cap = 0;
};

std::vector<Keyed> keys_under(const FrozenRule& rule, const Records& records) {
  std::vector<Keyed> keyed;
  std::vector<std::uint64_t> keys;
  for (RecordId record = 0; record < records.size(); ++record) {
    keys.clear();
    append_keys(rule, records, record, keys);
    for (const std::uint64_t key : keys) keyed.push_back({key, record});
  }
  std::ranges::sort(keyed);
  return keyed;
}

/// The pairs of one block: its records in canonical order.
void pair_up(std::span<const Keyed> block, const Records& records, Found& found) {
  if (block.size() > block_cap) ++found.over_the_cap;
  for (std::size_t j = 1; j < block.size(); ++j) {
    for (std::size_t i = j - std::min(j, block_cap); i < j; ++i) {
      if (records.comparable(block[i].record, block[j].record))
        found.pairs.push_back({block[i].record, block[j].record});
    }
  }
}

Found pairs_under(const FrozenRule& rule, const Records& records) {
  Found found;
  const std::vector<Keyed> keyed = keys_under(rule, records);
  for (std::size_t begin = 0, end = 0; begin < keyed.size(); begin = end) {
    while (end < keyed.size() && keyed[end].key == keyed[begin].key) ++end;
    pair_up(std::span(keyed).subspan(begin, end - begin), records, found);
  }
  return found;
}

}  // namespace

Candidates find_frozen_candidates(const FrozenModel& frozen, const Records& records, const Executor& run) {
  std::vector<Found> found(frozen.rules.size());
  run(found.size(), [&](std::size_t i) { found[i] = pairs_under(frozen.rules[i], records); });
  Candidates candidates;
  for (std::size_t i = 0; i < found.size(); ++i) {
    candidates.rules.push_back(fmt::format("{} ({} paires)", frozen.rules[i].label, found[i].pairs.size()));
    candidates.split_blocks += found[i].over_the_cap;
    candidates.pairs.insert(candidates.pairs.end(), found[i].pairs.begin(), found[i].pairs.end());
    found[i] = {};
  }
  std::ranges::sort(candidates.pairs);
  candidates.pairs.erase(std::ranges::unique(candidates.pairs).begin(), candidates.pairs.end());
  return candidates;
}

Prepared prepare_frozen(const FrozenModel& frozen, Records& records, const Executor& run) {
  apply_frequencies(frozen, records);
  Prepared prepared{frozen.comparisons, find_frozen_candidates(frozen, records, run), {}};
  prepared.patterns.assign(prepared.candidates.pairs.size(), not_compared);
  return prepared;
}

}  // namespace passerelle::linking
