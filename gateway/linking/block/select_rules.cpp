#include "gateway/linking/block/select_rules.hpp"

#include <algorithm>
#include <bitset>

#include "gateway/linking/hash.hpp"

namespace passerelle::linking {
namespace {

constexpr std::size_t match_count = 4096;
using Matches = std::bitset<match_count>;

// Shares of 256 of what becomes of one comparison in one imagined match, and of an atom of a comparison that
// agrees in part.
constexpr unsigned wholly = 154;
constexpr unsigned in_part = 218;
constexpr unsigned atom_in_part = 128;

constexpr double gain_again = 0.5;  // of finding a match for the second time, then its square...
constexpr double least_gain = 0.0005 * match_count;

unsigned draw(std::uint64_t match, std::uint64_t what) {
  return static_cast<unsigned>(mix(match * 1024 + what) & 0xFFU);
}

/// The imagined matches in which each atom agrees.
std::vector<Matches> imagine(const std::vector<Atom>& atoms) {
  std::vector<Matches> agree(atoms.size());
  for (std::size_t match = 0; match < match_count; ++match) {
    for (std::size_t i = 0; i < atoms.size(); ++i) {
      const unsigned fate = draw(match, atoms[i].group);
      const bool finest = atoms[i].implied.count() > 1;
      const bool partly = !finest && fate < in_part && draw(match, 512 + i) < atom_in_part;
      if (fate < wholly || partly) agree[i].set(match);
    }
  }
  return agree;
}

Matches found_by(const Rule& rule, const std::vector<Matches>& agree) {
  Matches found = agree[rule.atoms[0]];
  for (std::size_t i = 1; i < rule.size; ++i) found &= agree[rule.atoms[i]];
  return found;
}

class Selection {
 public:
  Selection(const std::vector<Rule>& rules, const std::vector<Atom>& atoms) : m_worth(match_count, 1.0) {
    const std::vector<Matches> agree = imagine(atoms);
    for (const Rule& rule : rules) m_found.push_back(found_by(rule, agree));
  }
  [[nodiscard]] double gain(std::size_t rule) const {
    double sum = 0;
    const Matches& found = m_found[rule];
    for (std::size_t match = found._Find_first(); match < match_count; match = found._Find_next(match)) {
      sum += m_worth[match];
    }
    return sum;
  }
  void take(std::size_t rule) {
    const Matches& found = m_found[rule];
    for (std::size_t match = found._Find_first(); match < match_count; match = found._Find_next(match)) {
      m_worth[match] *= gain_again;
    }
  }

 private:
  std::vector<Matches> m_found;
  std::vector<double> m_worth;
};

}  // namespace

std::vector<Rule> select_rules(const std::vector<Rule>& rules, const std::vector<Atom>& atoms, double budget,
                               std::size_t most) {
  Selection selection(rules, atoms);
  std::vector<double> gains(rules.size());
  for (std::size_t i = 0; i < rules.size(); ++i) gains[i] = selection.gain(i);
  // Every rule brings the matches again, which count once: the cheapest rule tells how many they are, at
  // most.
  const auto cheapest = std::ranges::min_element(rules, {}, &Rule::cost);
  const double again = cheapest == rules.end() ? 0 : cheapest->cost;
  std::vector<Rule> chosen;
  double spent = again;
  while (chosen.size() < most && !gains.empty()) {
    // Gains only fall, so the first whose renewed gain still leads is the best.
    const auto best = static_cast<std::size_t>(std::ranges::max_element(gains) - gains.begin());
    const double renewed = selection.gain(best);
    if (renewed < gains[best] && gains[best] > 0) {
      gains[best] = renewed;
      continue;
    }
    if (renewed < least_gain) break;
    gains[best] = 0;
    if (spent + rules[best].cost - again > budget) continue;
    spent += rules[best].cost - again;
    selection.take(best);
    chosen.push_back(rules[best]);
  }
  return chosen;
}

}  // namespace passerelle::linking
