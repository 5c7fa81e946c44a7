#include "gateway/linking/decide/decision.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>

#include "gateway/linking/compare/pair_comparer.hpp"
#include "gateway/linking/decide/upper_bound.hpp"
#include "gateway/linking/train/pattern_counts.hpp"

namespace passerelle::linking {
namespace {

constexpr std::size_t pairs_per_task = 1U << 16U;
constexpr std::size_t pairs_at_once = 1U << 10U;
constexpr std::size_t rows_ahead = 16;  // pairs between asking the memory for a record and looking at it
constexpr std::size_t ahead = 4;        // the same for values, before they are compared
constexpr std::size_t usually_compared = 2;
constexpr double rounding = 1e-6;  // bits by which sums in another order may differ

/// Decides pair after pair, as far as each may still reach the least threshold.
class Decider {
 public:
  Decider(const Judge& judge, const UpperBound& bound)
      : m_judge(judge),
        m_bound(bound),
        m_comparer(judge.records, judge.comparisons),
        m_least(std::min(judge.settings.review, judge.settings.cluster)),
        m_least_odds(std::log2(m_least / (1 - m_least)) - rounding),
        m_first(bound.order().first(std::min(usually_compared, bound.order().size()))) {}

  /// Pairs are looked at in turn, those that are left then compared in turn: what both read next, the memory
  /// is asked for early.
  void decide(std::span<const PairOfRecords> pairs, std::span<const Pattern> patterns,
              std::vector<ScoredPair>& kept);

 private:
  struct Waiting {
    PairOfRecords pair;
    Pattern known;
    UpperBound::Most most;
  };

  [[nodiscard]] std::optional<Pattern> pattern_of(Waiting& waiting) const;
  void keep(PairOfRecords pair, Pattern pattern, std::vector<ScoredPair>& kept) const;

  const Judge& m_judge;
  const UpperBound& m_bound;
  PairComparer m_comparer;
  double m_least;
  double m_least_odds;
  std::span<const std::size_t> m_first;  // comparisons that most pairs are told apart by
  std::vector<Waiting> m_waiting;
};

void Decider::decide(std::span<const PairOfRecords> pairs, std::span<const Pattern> patterns,
                     std::vector<ScoredPair>& kept) {
  m_waiting.clear();
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    m_comparer.fetch_row(pairs[std::min(i + rows_ahead, pairs.size() - 1)].right);
    const UpperBound::Most most = m_bound.at_sight(pairs[i]);
    if (most.sum >= m_least_odds) m_waiting.push_back({pairs[i], patterns[i], most});
  }
  for (std::size_t i = 0; i < m_waiting.size(); ++i) {
    const PairOfRecords next = m_waiting[std::min(i + ahead, m_waiting.size() - 1)].pair;
    m_comparer.fetch_values(next.left, next.right, m_first);
    if (const auto pattern = pattern_of(m_waiting[i])) keep(m_waiting[i].pair, *pattern, kept);
  }
}

/// Of a pair that may reach the threshold; nothing otherwise.
std::optional<Pattern> Decider::pattern_of(Waiting& waiting) const {
  const auto goes_on = [&](std::size_t comparison, Level level) {
    m_bound.learn(comparison, level, waiting.most);
    return waiting.most.sum >= m_least_odds;
  };
  const auto [left, right] = waiting.pair;
  if (waiting.known == not_compared) return m_comparer.compare_while(left, right, m_bound.order(), goes_on);
  const bool reaches = std::ranges::all_of(m_bound.order(), [&](std::size_t comparison) {
    return goes_on(comparison, level_at(waiting.known, comparison));
  });
  return reaches ? std::optional(waiting.known) : std::nullopt;
}

void Decider::keep(PairOfRecords pair, Pattern pattern, std::vector<ScoredPair>& kept) const {
  const double odds = m_judge.scorer.score(pair.left, pair.right, pattern);
  if (probability_of(odds) < m_least) return;
  const Guard guard = guard_of(m_judge.records, m_judge.comparisons, pair, pattern);
  if (guard == Guard::same_demande) return;
  kept.push_back({pair, pattern, odds, linking::decide(m_judge.settings, guard, odds)});
}

}  // namespace

std::string_view decision_word(Decision decision) noexcept {
  switch (decision) {
    case Decision::same: return "same";
    case Decision::review: return "review";
    case Decision::different: return "different";
  }
  return "";
}

Decision decide(const Settings& settings, Guard guard, double log_odds) {
  const double probability = probability_of(log_odds);
  if (guard == Guard::same_demande || probability < settings.review) return Decision::different;
  return guard == Guard::none && probability >= settings.same ? Decision::same : Decision::review;
}

std::vector<ScoredPair> decide_pairs(const Judge& judge, const std::vector<PairOfRecords>& pairs,
                                     const std::vector<Pattern>& patterns, const Executor& run) {
  const UpperBound bound(judge.records, judge.comparisons, judge.scorer.model());
  const std::size_t tasks = (pairs.size() + pairs_per_task - 1) / pairs_per_task;
  std::vector<std::vector<ScoredPair>> found(tasks);
  run(tasks, [&](std::size_t task) {
    Decider decider(judge, bound);
    const std::size_t end = std::min(pairs.size(), (task + 1) * pairs_per_task);
    for (std::size_t begin = task * pairs_per_task; begin < end; begin += pairs_at_once) {
      const std::size_t size = std::min(pairs_at_once, end - begin);
      decider.decide(std::span(pairs).subspan(begin, size), std::span(patterns).subspan(begin, size),
                     found[task]);
    }
  });
  std::vector<ScoredPair> all;
  for (const auto& part : found) all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace passerelle::linking
