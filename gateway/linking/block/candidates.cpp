#include "gateway/linking/block/candidates.hpp"

#include <algorithm>
#include <bit>
#include <fmt/format.h>

#include "gateway/linking/block/radix_sort.hpp"

namespace passerelle::linking {
namespace {

using Words = std::vector<std::uint64_t>;

constexpr double least_budget = 4e6;
constexpr double pairs_per_record = 12;
constexpr std::size_t part_cap = 32;      // records of the parts of a split block
constexpr std::size_t split_budget = 16;  // pairs per record of a split block, about
constexpr std::size_t shards = 64;

struct Found {
  std::vector<Words> shard = std::vector<Words>(shards);
  std::size_t pairs = 0;
  std::size_t split_blocks = 0;
};

/// Emits the pairs of the blocks of one rule.
class Blocks {
 public:
  Blocks(const Records& records, const std::vector<Atom>& atoms, const Rule& rule)
      : m_records(records), m_atoms(atoms), m_rule(rule), m_rows_per_shard(records.size() / shards + 1) {}
  Found find();

 private:
  void emit(const std::uint64_t* begin, const std::uint64_t* end);
  void split(const std::uint64_t* begin, const std::uint64_t* end);
  template <typename Use>
  void for_each_block(const Words& words, const Use& use);

  const Records& m_records;
  const std::vector<Atom>& m_atoms;
  const Rule& m_rule;
  std::size_t m_rows_per_shard;
  Found m_found;
  Words m_spare;
};

/// Words are key in the high half, record in the low half, sorted: a block is a run of one key.
template <typename Use>
void Blocks::for_each_block(const Words& words, const Use& use) {
  const std::uint64_t* const last = words.data() + words.size();
  for (const std::uint64_t* begin = words.data(); begin != last;) {
    const std::uint64_t key = *begin >> 32U;
    const std::uint64_t* end = begin;
    while (end != last && (*end >> 32U) == key) ++end;
    use(begin, end);
    begin = end;
  }
}

void Blocks::emit(const std::uint64_t* begin, const std::uint64_t* end) {
  for (const std::uint64_t* i = begin; i != end; ++i) {
    const auto left = static_cast<RecordId>(*i);
    Words& shard = m_found.shard[left / m_rows_per_shard];
    for (const std::uint64_t* j = i + 1; j != end; ++j) {
      const auto right = static_cast<RecordId>(*j);
      if (m_records.comparable(left, right)) shard.push_back((std::uint64_t{left} << 32U) | right);
    }
  }
}

/// A block over the cap is cut by each further atom in turn until its budget is spent; parts that are still
/// too large are left to the other rules.
void Blocks::split(const std::uint64_t* begin, const std::uint64_t* end) {
  ++m_found.split_blocks;
  Words words;
  std::size_t emitted = 0;
  const auto size = static_cast<std::size_t>(end - begin);
  for (const Atom& atom : m_atoms) {
    if (emitted > size * split_budget) return;
    words.clear();
    for (const std::uint64_t* i = begin; i != end; ++i) {
      const auto record = static_cast<RecordId>(*i);
      if (atom.key[record] != 0) words.push_back((std::uint64_t{atom.key[record]} << 32U) | record);
    }
    radix_sort(words, m_spare, 32, 64);
    for_each_block(words, [&](const std::uint64_t* first, const std::uint64_t* last) {
      const auto part = static_cast<std::size_t>(last - first);
      if (part > part_cap) return;
      emit(first, last);
      emitted += part * (part - 1) / 2;
    });
  }
}

Found Blocks::find() {
  Words words;
  for (RecordId record = 0; record < m_records.size(); ++record) {
    if (const std::uint64_t key = rule_key(m_rule, m_atoms, record); key != 0)
      words.push_back((key << 32U) | record);
  }
  radix_sort(words, m_spare, 32, 64);
  for_each_block(words, [&](const std::uint64_t* begin, const std::uint64_t* end) {
    if (static_cast<std::size_t>(end - begin) > block_cap) {
      split(begin, end);
    } else {
      emit(begin, end);
    }
  });
  for (const Words& shard : m_found.shard) m_found.pairs += shard.size();
  return std::move(m_found);
}

std::vector<PairOfRecords> joined(const std::vector<Words>& sorted, const Executor& run) {
  std::vector<std::size_t> starts{0};
  for (const Words& shard : sorted) starts.push_back(starts.back() + shard.size());
  std::vector<PairOfRecords> pairs(starts.back());
  run(sorted.size(), [&](std::size_t i) {
    std::ranges::transform(
        sorted[i], pairs.begin() + static_cast<std::ptrdiff_t>(starts[i]), [](std::uint64_t word) {
          return PairOfRecords{static_cast<RecordId>(word >> 32U), static_cast<RecordId>(word)};
        });
  });
  return pairs;
}

/// Each shard holds the pairs of one range of left records: sorted alone, they are sorted together.
std::vector<PairOfRecords> merge(std::vector<Found>& found, std::size_t records, const Executor& run) {
  std::vector<Words> sorted(shards);
  const auto bits = static_cast<unsigned>(std::bit_width(records));
  run(shards, [&](std::size_t i) {
    Words& all = sorted[i];
    for (Found& one : found) {
      all.insert(all.end(), one.shard[i].begin(), one.shard[i].end());
      Words().swap(one.shard[i]);
    }
    Words spare;
    radix_sort(all, spare, 0, bits);
    radix_sort(all, spare, 32, 32 + bits);
    all.erase(std::unique(all.begin(), all.end()), all.end());
  });
  return joined(sorted, run);
}

Candidates all_pairs(const Records& records) {
  Candidates candidates;
  candidates.complete = true;
  const auto size = static_cast<RecordId>(records.size());
  for (RecordId left = 0; left < size; ++left) {
    const auto first = records.two_files ? static_cast<RecordId>(records.left_size) : left + 1;
    if (records.two_files && left >= records.left_size) break;
    for (RecordId right = first; right < size; ++right) candidates.pairs.push_back({left, right});
  }
  return candidates;
}

std::string describe_rule(const Rule& rule, const std::vector<Atom>& atoms, std::size_t pairs) {
  return fmt::format("{} ({} paires)", label_of(rule, atoms), pairs);
}

}  // namespace

Candidates find_candidates(const Records& records, const std::vector<Comparison>& comparisons,
                           const Executor& run) {
  if (records.pair_count() <= complete_up_to) return all_pairs(records);
  const std::vector<Atom> atoms = make_atoms(records, comparisons, run);
  const double budget = std::max(least_budget, pairs_per_record * static_cast<double>(records.size()));
  const std::vector<Rule> rules = choose_rules(atoms, {.pairs = budget}, run);
  std::vector<Found> found(rules.size());
  run(rules.size(), [&](std::size_t i) { found[i] = Blocks(records, atoms, rules[i]).find(); });
  Candidates candidates;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    candidates.rules.push_back(describe_rule(rules[i], atoms, found[i].pairs));
    candidates.split_blocks += found[i].split_blocks;
  }
  candidates.pairs = merge(found, records.size(), run);
  return candidates;
}

}  // namespace passerelle::linking
