#include "gateway/linking/train/pattern_counts.hpp"

#include <algorithm>
#include <mutex>

#include "gateway/linking/compare/pair_comparer.hpp"
#include "gateway/linking/hash.hpp"

namespace passerelle::linking {
namespace {

constexpr std::size_t pairs_per_task = 1U << 15U;
constexpr std::size_t first_slots = 1U << 12U;
constexpr std::size_t ahead = 4;  // pairs between asking the memory for a record and comparing it

/// Counts words in an open hash table; a pattern of a compared pair is never all missing by construction of
/// the blocks, but 0 is counted apart all the same.
class Counter {
 public:
  void add(Pattern pattern) {
    if (pattern == 0) {
      ++m_zero;
      return;
    }
    std::size_t slot = mix(pattern) & (m_slots.size() - 1);
    while (m_slots[slot].pattern != pattern && m_slots[slot].count != 0)
      slot = (slot + 1) & (m_slots.size() - 1);
    if (m_slots[slot].count == 0 && ++m_used * 2 > m_slots.size()) return grow(pattern);
    m_slots[slot].pattern = pattern;
    m_slots[slot].count += 1;
  }
  std::vector<PatternCount> take() {
    std::erase_if(m_slots, [](const PatternCount& slot) { return slot.count == 0; });
    if (m_zero > 0) m_slots.push_back({0, m_zero});
    return std::move(m_slots);
  }

 private:
  void grow(Pattern pattern) {
    std::vector<PatternCount> old(m_slots.size() * 2);
    old.swap(m_slots);
    m_used = 0;
    for (const PatternCount& slot : old) {
      if (slot.count == 0) continue;
      std::size_t place = mix(slot.pattern) & (m_slots.size() - 1);
      while (m_slots[place].count != 0) place = (place + 1) & (m_slots.size() - 1);
      m_slots[place] = slot;
      ++m_used;
    }
    add(pattern);
  }

  std::vector<PatternCount> m_slots = std::vector<PatternCount>(first_slots);
  std::size_t m_used = 0;
  double m_zero = 0;
};

/// By the records alone, so that neither the order nor the cut of the work matters.
std::vector<std::size_t> choose(const std::vector<PairOfRecords>& pairs, std::size_t begin, std::size_t end,
                                std::size_t every) {
  std::vector<std::size_t> chosen;
  for (std::size_t i = begin; i < end; ++i) {
    const std::uint64_t pair = (std::uint64_t{pairs[i].left} << 32U) | pairs[i].right;
    if (every == 1 || mix(pair) % every == 0) chosen.push_back(i);
  }
  return chosen;
}

void add_up(std::vector<PatternCount>& counts) {
  std::ranges::sort(counts, {}, &PatternCount::pattern);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (kept > 0 && counts[kept - 1].pattern == counts[i].pattern) {
      counts[kept - 1].count += counts[i].count;
    } else {
      counts[kept++] = counts[i];
    }
  }
  counts.resize(kept);
}

/// Lets the counts stand for so many pairs.
void scale(std::vector<PatternCount>& counts, double pairs) {
  double counted = 0;
  for (const PatternCount& one : counts) counted += one.count;
  for (PatternCount& one : counts) one.count *= pairs / counted;
}

}  // namespace

std::vector<Pattern> compare_pairs(const Records& records, const std::vector<Comparison>& comparisons,
                                   const std::vector<PairOfRecords>& pairs, std::size_t every,
                                   const Executor& run) {
  std::vector<Pattern> patterns(pairs.size(), not_compared);
  for_each_range(run, pairs.size(), pairs_per_task, [&](std::size_t begin, std::size_t end) {
    const PairComparer comparer(records, comparisons);
    const std::vector<std::size_t> chosen = choose(pairs, begin, end, every);
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      const PairOfRecords next = pairs[chosen[std::min(i + ahead, chosen.size() - 1)]];
      comparer.fetch_row(pairs[chosen[std::min(i + 2 * ahead, chosen.size() - 1)]].right);
      comparer.fetch_values(next.left, next.right);
      patterns[chosen[i]] = comparer.compare(pairs[chosen[i]].left, pairs[chosen[i]].right);
    }
  });
  return patterns;
}

std::vector<PatternCount> count_patterns(const std::vector<Pattern>& patterns, const Executor& run) {
  std::vector<PatternCount> counts;
  std::mutex lock;
  for_each_range(run, patterns.size(), pairs_per_task * 16, [&](std::size_t begin, std::size_t end) {
    Counter counter;
    for (std::size_t i = begin; i < end; ++i) {
      if (patterns[i] != not_compared) counter.add(patterns[i]);
    }
    const std::vector<PatternCount> found = counter.take();
    const std::scoped_lock held(lock);
    counts.insert(counts.end(), found.begin(), found.end());
  });
  add_up(counts);  // INVARIANT: counts are whole numbers, their sum does not depend on the order
  scale(counts, static_cast<double>(patterns.size()));
  return counts;
}

}  // namespace passerelle::linking
