#include "gateway/linking/frozen/judge.hpp"

#include <algorithm>

#include "gateway/linking/compare/pair_comparer.hpp"
#include "gateway/linking/frozen/cells.hpp"
#include "gateway/linking/frozen/frequencies.hpp"
#include "gateway/linking/train/hypothesis.hpp"

namespace passerelle::linking {
namespace {

/// The records of those to judge, and what judges them.
class Court {
 public:
  Court(const FrozenModel& frozen, Records records)
      : m_frozen(frozen),
        m_records(with_frequencies(frozen, std::move(records))),
        m_comparer(m_records, frozen.comparisons),
        m_scorer(m_records, frozen.comparisons, frozen.model) {}
  // What it holds refers to its own records.
  Court(const Court&) = delete;
  Court& operator=(const Court&) = delete;
  Court(Court&&) = delete;
  Court& operator=(Court&&) = delete;
  ~Court() = default;

  [[nodiscard]] Judgement judge(PairOfRecords pair) const;
  [[nodiscard]] Explanation explain(PairOfRecords pair, Values values) const {
    return linking::explain({m_records, m_frozen.comparisons, m_scorer, m_frozen.spec.settings}, pair,
                            values);
  }

 private:
  static Records with_frequencies(const FrozenModel& frozen, Records records) {
    apply_frequencies(frozen, records);
    return records;
  }
  [[nodiscard]] bool confirmed(PairOfRecords pair, Pattern pattern) const;
  [[nodiscard]] bool shares_phone(PairOfRecords pair) const;

  const FrozenModel& m_frozen;
  Records m_records;
  PairComparer m_comparer;
  Scorer m_scorer;
};

Judgement Court::judge(PairOfRecords pair) const {
  Judgement judged;
  judged.pattern = m_comparer.compare(pair.left, pair.right);
  judged.log_odds = m_scorer.score(pair.left, pair.right, judged.pattern);
  judged.probability = probability_of(judged.log_odds);
  judged.guard = guard_of(m_records, m_frozen.comparisons, pair, judged.pattern);
  judged.decision = decide(m_frozen.spec.settings, judged.guard, judged.log_odds);
  judged.confirmed = confirmed(pair, judged.pattern);
  return judged;
}

/// A phone may stand first in one demande and second in the other.
bool Court::shares_phone(PairOfRecords pair) const {
  const auto is_phone = [](const Field& field) { return field.kind == Kind::phone; };
  return std::ranges::any_of(m_records.fields, [&](const Field& mine) {
    const ValueId value = is_phone(mine) ? mine.value[pair.left] : missing_value;
    return value != missing_value && std::ranges::any_of(m_records.fields, [&](const Field& theirs) {
             return is_phone(theirs) && theirs.value[pair.right] == value;
           });
  });
}

bool Court::confirmed(PairOfRecords pair, Pattern pattern) const {
  bool address = false;
  bool postcode = false;
  bool own = shares_phone(pair);
  for (std::size_t i = 0; i < m_frozen.comparisons.size(); ++i) {
    const Comparison& comparison = m_frozen.comparisons[i];
    if (level_at(pattern, i) != exact_level(comparison.family)) continue;
    own |= is_own_number(comparison.kind) || comparison.kind == Kind::email;
    address |= comparison.kind == Kind::address;
    postcode |= comparison.kind == Kind::postcode;
  }
  return own || (address && postcode);
}

}  // namespace

IncrementalJudge::IncrementalJudge(const FrozenModel& frozen, const model::Geography* geography)
    : m_frozen(frozen), m_geography(geography) {}

std::vector<Judgement> IncrementalJudge::judge(std::span<const Cells> filed,
                                               std::span<const Cells> known) const {
  const Court court(m_frozen, records_of_cells(m_frozen.spec, filed, known, m_geography));
  std::vector<Judgement> judged;
  judged.reserve(filed.size() * known.size());
  for (RecordId i = 0; i < filed.size(); ++i) {
    for (RecordId j = 0; j < known.size(); ++j)
      judged.push_back(court.judge({i, static_cast<RecordId>(filed.size() + j)}));
  }
  return judged;
}

Explanation IncrementalJudge::explain(const Cells& filed, const Cells& known, Values values) const {
  const Court court(m_frozen, records_of_cells(m_frozen.spec, {&filed, 1}, {&known, 1}, m_geography));
  return court.explain({0, 1}, values);
}

}  // namespace passerelle::linking
