#include "gateway/linking/block/rule.hpp"

#include <algorithm>
#include <bit>

#include "gateway/linking/block/select_rules.hpp"
#include "gateway/linking/hash.hpp"

namespace passerelle::linking {
namespace {

constexpr std::size_t sample_size = 16384;  // at least, where there are so many; at most twice that
constexpr std::size_t rules_at_once = 16;
constexpr std::size_t rough_every = 4;  // of the sample, for a first look
constexpr double surely_dear = 8;       // shares of the budget that need no second look
constexpr std::size_t most_triples = 400;

/// Each rule costs a sort of the records: large files get fewer.
std::size_t most_rules(std::size_t records) {
  return records > 150'000 ? 40 : 120;
}

/// The closure of a rule: all that agrees when its atoms agree.
AtomSet closure(const Rule& rule, const std::vector<Atom>& atoms) {
  AtomSet all;
  for (std::size_t i = 0; i < rule.size; ++i) all |= atoms[rule.atoms[i]].implied;
  return all;
}

bool contained(const Rule& narrow, const Rule& broad, const std::vector<Atom>& atoms) {
  const AtomSet all = closure(narrow, atoms);
  return std::all_of(broad.atoms.begin(), broad.atoms.begin() + broad.size,
                     [&](std::uint8_t atom) { return all.test(atom); });
}

/// The keys of the atoms of a rule as one; 0 when one of them is missing.
template <typename KeyOf>
std::uint32_t joined_key(const Rule& rule, const KeyOf& key_of) {
  std::uint32_t key = key_of(rule.atoms[0]);
  for (std::size_t i = 1; i < rule.size; ++i) key = join_hashes(key, key_of(rule.atoms[i]));
  return key;
}

/// There are at most most_atoms.
std::uint8_t rank(std::size_t atom) {
  return static_cast<std::uint8_t>(atom);
}

/// How often each key was seen, in an open hash table that the sample fills to a half at most.
class KeyTally {
 public:
  /// Forgets every key. What an older round left in a slot counts as nothing.
  void begin_round() noexcept { ++m_round; }
  /// How often the key was seen before in this round.
  std::uint32_t add(std::uint32_t key) noexcept {
    std::size_t slot = mix(key) & (slots - 1);
    while (m_slots[slot].round == m_round && m_slots[slot].key != key) slot = (slot + 1) & (slots - 1);
    if (m_slots[slot].round != m_round) m_slots[slot] = {key, 0, m_round};
    return m_slots[slot].seen++;
  }

 private:
  struct Slot {
    std::uint32_t key = 0;
    std::uint16_t seen = 0;
    std::uint16_t round = 0;
  };
  static constexpr std::size_t slots = std::bit_ceil(4 * sample_size);
  std::vector<Slot> m_slots = std::vector<Slot>(slots);
  std::uint16_t m_round = 0;
};

/// Pairs that one more record brings to a block of so many; a block over the cap counts as split.
double pairs_brought(std::uint32_t members, bool split) noexcept {
  if (!split || members < block_cap) return members;
  return members == block_cap ? block_cap : block_cap / 2.0;
}

bool same_atoms(const Rule& a, const Rule& b) {
  return a.size == b.size && a.atoms == b.atoms;
}

class Chooser {
 public:
  Chooser(const std::vector<Atom>& atoms, const RuleBudget& budget, const Executor& run);
  [[nodiscard]] std::vector<Rule> choose() const;

 private:
  void measure(std::vector<Rule>& rules) const;
  double cost_of(const Rule& rule, std::size_t every, KeyTally& tally) const;
  void draw_sample();
  void make_pairs();
  [[nodiscard]] std::vector<Rule> make_triples() const;
  [[nodiscard]] std::vector<Rule> broadest() const;

  const std::vector<Atom>& m_atoms;
  RuleBudget m_budget;
  double m_share;  // of the budget, that one rule may cost
  const Executor& m_run;
  std::size_t m_records;
  std::size_t m_sampled = 0;
  std::vector<std::vector<std::uint32_t>> m_keys;  // of each atom, those of the sample side by side
  double m_scale = 1;
  std::vector<Rule> m_singles;
  std::vector<Rule> m_couples;
};

Chooser::Chooser(const std::vector<Atom>& atoms, const RuleBudget& budget, const Executor& run)
    : m_atoms(atoms),
      m_budget(budget),
      m_share(budget.pairs * budget.share_of_one),
      m_run(run),
      m_records(atoms.empty() ? 0 : atoms.front().key.size()) {
  draw_sample();
  for (std::size_t i = 0; i < atoms.size(); ++i) m_singles.push_back({{rank(i), 0, 0}, 1, 0});
  measure(m_singles);
  make_pairs();
}

void Chooser::draw_sample() {
  const std::uint64_t every = std::max<std::uint64_t>(1, m_records / sample_size);
  std::vector<RecordId> sample;
  for (RecordId record = 0; record < m_records; ++record) {
    if (mix(record) % every == 0) sample.push_back(record);
  }
  m_keys.resize(m_atoms.size());
  m_run(m_atoms.size(), [&](std::size_t atom) {
    for (const RecordId record : sample) m_keys[atom].push_back(m_atoms[atom].key[record]);
  });
  m_sampled = sample.size();
  const double ratio =
      static_cast<double>(m_records) / static_cast<double>(std::max<std::size_t>(1, m_sampled));
  m_scale = ratio * ratio;
}

/// Pairs in the blocks of a part of the sample, those over the cap counted as split, scaled to all records.
double Chooser::cost_of(const Rule& rule, std::size_t every, KeyTally& tally) const {
  const bool split = m_scale > 1.0;
  double pairs = 0;
  tally.begin_round();
  for (std::size_t i = 0; i < m_sampled; i += every) {
    const std::uint32_t key = joined_key(rule, [&](std::uint8_t atom) { return m_keys[atom][i]; });
    if (key != 0) pairs += pairs_brought(tally.add(key), split);
  }
  return pairs * m_scale * static_cast<double>(every * every);
}

void Chooser::measure(std::vector<Rule>& rules) const {
  for_each_range(m_run, rules.size(), rules_at_once, [&](std::size_t begin, std::size_t end) {
    KeyTally tally;
    for (std::size_t i = begin; i < end; ++i) {
      rules[i].cost = cost_of(rules[i], rough_every, tally);
      if (rules[i].cost <= surely_dear * m_share) rules[i].cost = cost_of(rules[i], 1, tally);
    }
  });
}

/// An atom that is affordable alone needs no company.
void Chooser::make_pairs() {
  const auto dear = [&](std::size_t atom) { return m_singles[atom].cost > m_share; };
  for (std::size_t i = 0; i < m_atoms.size(); ++i) {
    for (std::size_t j = i + 1; dear(i) && j < m_atoms.size(); ++j) {
      if (dear(j) && m_atoms[i].group != m_atoms[j].group) m_couples.push_back({{rank(i), rank(j), 0}, 2, 0});
    }
  }
  measure(m_couples);
}

/// A third atom for couples that cost too much, where none of the three couples is affordable.
std::vector<Rule> Chooser::make_triples() const {
  std::vector<std::vector<bool>> dear(m_atoms.size(), std::vector<bool>(m_atoms.size(), false));
  for (const Rule& rule : m_couples) dear[rule.atoms[0]][rule.atoms[1]] = rule.cost > m_share;
  std::vector<Rule> triples;
  for (const Rule& rule : m_couples) {
    if (rule.cost <= m_share) continue;
    for (std::size_t k = rule.atoms[1] + 1U; k < m_atoms.size(); ++k) {
      if (dear[rule.atoms[0]][k] && dear[rule.atoms[1]][k]) {
        triples.push_back({{rule.atoms[0], rule.atoms[1], rank(k)}, 3, rule.cost * m_singles[k].cost});
      }
    }
  }
  std::ranges::stable_sort(triples, {}, &Rule::cost);
  triples.resize(std::min(triples.size(), most_triples));
  measure(triples);
  return triples;
}

std::vector<Rule> Chooser::broadest() const {
  std::vector<Rule> affordable;
  const auto take = [&](const std::vector<Rule>& rules) {
    for (const Rule& rule : rules) {
      const bool known = std::ranges::any_of(affordable, [&](const Rule& broad) {
        return !same_atoms(rule, broad) && contained(rule, broad, m_atoms);
      });
      if (rule.cost > 0 && rule.cost <= m_share && !known) affordable.push_back(rule);
    }
  };
  take(m_singles);
  take(m_couples);
  take(make_triples());
  std::vector<Rule> kept;
  for (const Rule& rule : affordable) {
    const bool narrow = std::ranges::any_of(affordable, [&](const Rule& broad) {
      return !same_atoms(rule, broad) && contained(rule, broad, m_atoms);
    });
    if (!narrow) kept.push_back(rule);
  }
  return kept;
}

std::vector<Rule> Chooser::choose() const {
  const std::size_t most = m_budget.most > 0 ? m_budget.most : most_rules(m_records);
  return select_rules(broadest(), m_atoms, m_budget.pairs, most);
}

}  // namespace

std::uint32_t rule_key(const Rule& rule, const std::vector<Atom>& atoms, RecordId record) {
  return joined_key(rule, [&](std::uint8_t atom) { return atoms[atom].key[record]; });
}

std::string label_of(const Rule& rule, const std::vector<Atom>& atoms) {
  std::string label;
  for (std::size_t i = 0; i < rule.size; ++i) label += (i == 0 ? "" : " + ") + atoms[rule.atoms[i]].label;
  return label;
}

std::vector<Rule> choose_rules(const std::vector<Atom>& atoms, const RuleBudget& budget,
                               const Executor& run) {
  return Chooser(atoms, budget, run).choose();
}

}  // namespace passerelle::linking
