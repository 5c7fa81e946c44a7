#include "gateway/linking/decide/decision.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>

#include "gateway/linking/compare/pair_comparer.hpp"
#include "gateway/linking/compare/value_level.hpp"
#include "gateway/linking/decide/upper_bound.hpp"
#include "gateway/linking/normalise/date.hpp"
#include "gateway/linking/train/pattern_counts.hpp"

namespace passerelle::linking {
namespace {

constexpr std::size_t pairs_per_task = 1U << 16U;
constexpr std::size_t pairs_at_once = 1U << 10U;
constexpr std::size_t rows_ahead = 16;  // pairs between asking the memory for a record and looking at it
constexpr std::size_t ahead = 4;        // the same for values, before they are compared
constexpr std::size_t usually_compared = 2;
constexpr double rounding = 1e-6;  // bits by which sums in another order may differ

struct Levels {
  std::optional<Level> first_name, date;
  const Comparison* first_names = nullptr;
  const Comparison* dates = nullptr;  // the first ones: of birth
  bool number_agrees = false;
  bool nir_differs = false;
};

Levels levels_seen(const std::vector<Comparison>& comparisons, Pattern pattern) {
  Levels seen;
  for (std::size_t i = 0; i < comparisons.size(); ++i) {
    const Level level = level_at(pattern, i);
    const Kind kind = comparisons[i].kind;
    if (kind == Kind::first_name && seen.first_names == nullptr) {
      seen.first_name = level;
      seen.first_names = &comparisons[i];
    }
    if (kind == Kind::date && seen.dates == nullptr) {
      seen.date = level;
      seen.dates = &comparisons[i];
    }
    if (kind == Kind::nir || kind == Kind::identifier) seen.number_agrees |= level == digits_level::exact;
    if (kind == Kind::nir) seen.nir_differs |= level == digits_level::differs;
  }
  return seen;
}

/// Of lists that agree in part: a twin may bear the other's first name as a second one.
bool same_beginning(const Records& records, const Comparison& first_names, PairOfRecords pair) {
  const Field& field = records.fields[first_names.fields.front()];
  return begin_alike(records.dictionary(field), field.value[pair.left], field.value[pair.right]);
}

/// Of dates that differ in two digits: those of a parent and a child of one name differ in the year.
bool same_year(const Records& records, const Comparison& dates, PairOfRecords pair) {
  const Field& field = records.fields[dates.fields.front()];
  const auto year = [&](RecordId record) {
    return PartialDate::unpack(records.dictionary(field).traits(field.value[record]).date).year;
  };
  return year(pair.left) == year(pair.right);
}

bool same_demande(const Records& records, PairOfRecords pair) {
  if (records.demande.empty()) return false;
  const ValueId left = records.demande[pair.left];
  return left != missing_value && left == records.demande[pair.right];
}

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

Guard guard_of(const Records& records, const std::vector<Comparison>& comparisons, PairOfRecords pair,
               Pattern pattern) {
  if (same_demande(records, pair)) return Guard::same_demande;
  const Levels seen = levels_seen(comparisons, pattern);
  if (seen.nir_differs) return Guard::other_number;
  const Level first_name = seen.first_name.value_or(0);
  const Level date = seen.date.value_or(0);
  const bool in_part = first_name >= words_level::near && first_name <= words_level::part;
  const bool unlike = (first_name > 0 && first_name < words_level::near) ||
                      (in_part && !same_beginning(records, *seen.first_names, pair));
  const bool apart = (date > 0 && date < date_level::same_year) ||
                     (date == date_level::same_year && !same_year(records, *seen.dates, pair));
  if (unlike && (!seen.number_agrees || date < date_level::edit)) return Guard::other_first_name;
  if (apart && (!seen.number_agrees || first_name < words_level::near)) return Guard::other_date;
  const bool unknown = (seen.first_name || seen.date) && first_name == 0 && date == 0;
  return unknown ? Guard::too_little : Guard::none;
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
