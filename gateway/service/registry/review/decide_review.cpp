#include "gateway/service/registry/review/decide_review.hpp"

#include <algorithm>
#include <cassert>
#include <fmt/format.h>

#include "gateway/service/registry/alias.hpp"
#include "gateway/service/registry/refusal.hpp"
#include "gateway/store/alias_table.hpp"

namespace passerelle::service {
namespace {

using model::FaultCode;
using model::NumeroUnique;
using policy::Action;
using store::Transaction;

constexpr std::string_view same = "same";
constexpr std::string_view different = "different";
constexpr std::string_view reason_path = "motif";

/// What is decided one by one before the rest, however few were asked for.
constexpr int least_sample = 5;
/// How long a sample stands.
constexpr std::chrono::hours sample_lasts{24};

/// What is left to do once a pair was looked at, under a decision of its own.
enum class Rest : std::uint8_t { nothing, merge, split };
struct Plan {
  Rest rest = Rest::nothing;
  std::optional<NumeroUnique> kept = {};   ///< `merge`
  std::optional<NumeroUnique> other = {};  ///< `merge`, `split`: the one that goes, or comes back
  store::ReviewPair pair;
};

NumeroUnique numero_in(const std::string& text) {
  return *NumeroUnique::parse(text);
}

ReviewAnswer refused(model::Faults faults) {
  return tl::unexpected(ReviewRefusal{std::move(faults), {}});
}
ReviewAnswer refused(policy::Denial denial) {
  return tl::unexpected(ReviewRefusal{{}, std::move(denial)});
}

/// One decision of one account.
class Deciding {
 public:
  explicit Deciding(const Reviewer& reviewer)
      : m_reviewer(reviewer),
        m_registry(reviewer.registry),
        m_decision(reviewer.decision),
        m_territory(reviewer.decision.territories().front()) {
    assert(m_decision.action() == Action::review_pairs && !account().empty());
  }

  ReviewAnswer decide(const ReviewReasons& reasons, const ReviewOrder& order) {
    const auto plan = attempt(m_registry, m_decision, [&](Transaction& transaction) {
      if (reasons.find(order.reason, order.outcome) == nullptr) refuse(FaultCode::review_reason, reason_path);
      return look(transaction, order);
    });
    if (!plan) return refused(plan.error());
    if (plan->rest == Rest::merge) return merge(*plan, order, reasons);
    if (plan->rest == Rest::split) return split(*plan, {.reason = order.reason});
    return order.id;
  }

  ReviewAnswer undo(const model::Uuid& id) {
    const auto plan = attempt(m_registry, m_decision, [&](Transaction& transaction) {
      const OpenPair open = find(transaction, id);
      return open.pair.is_gold() ? undo_gold(transaction, open) : undo(transaction, open);
    });
    if (!plan) return refused(plan.error());
    if (plan->rest == Rest::split) return split(*plan, {.waits_again = true});
    return id;
  }

 private:
  [[nodiscard]] const std::string& account() const { return m_decision.actor().account; }
  [[nodiscard]] model::Time now() const { return m_registry.clock.now(); }

  OpenPair find(Transaction& transaction, const model::Uuid& id) const {
    auto open = PairReader(m_registry, m_decision).find(transaction, id);
    if (!open) refuse(FaultCode::review_unknown, review_path);
    return std::move(*open);
  }

  [[nodiscard]] store::PairDecision decided(const ReviewOrder& order) const {
    return {.account = account(),
            .outcome = order.outcome,
            .reason = order.reason,
            .at = now(),
            .due_at = order.outcome == "later" ? order.due_at : std::nullopt};
  }

  /// Writes what needs no other decision than to look; says what is left.
  Plan look(Transaction& transaction, const ReviewOrder& order) {
    const OpenPair open = find(transaction, order.id);
    const store::ReviewPair& pair = open.pair;
    if (!pair.open) refuse(FaultCode::review_closed, review_path);
    if (order.outcome == same && pair.demande != pair.other && !pair.merged)
      return plan_merge(transaction, open, order);
    if (order.outcome == different && pair.merged)
      return {.rest = Rest::split, .other = numero_in(merged_side(open).found.numero), .pair = pair};
    note(transaction, open, order);
    return {.pair = pair};
  }

  void note(Transaction& transaction, const OpenPair& open, const ReviewOrder& order) {
    if (open.pair.is_gold()) {
      store::queue_gold_answer(transaction, m_territory, open.pair.line, decided(order));
    } else {
      if (!store::lock_open_review(transaction, m_territory, open.pair.review))
        refuse(FaultCode::review_closed, review_path);
      store::queue_pair_decision(transaction, {m_territory, open.pair.demande}, open.pair.other,
                                 decided(order));
    }
    queue_traces(transaction, open, now());
  }

  static const OpenSide& merged_side(const OpenPair& open) {
    return *open.pair.merged == open.one.found.id ? open.one : open.two;
  }

  /// The number by which a side is merged: the present one of where its numbers lead. A gold pair is as it
  /// was when it was decided.
  NumeroUnique numero_of(Transaction& transaction, const OpenPair& open, const OpenSide& side) const {
    const model::Uuid& alive = side.found.id == open.pair.demande ? open.pair.alive : open.pair.other_alive;
    if (open.pair.is_gold() || alive == side.found.id) return numero_in(side.found.numero);
    return numero_in(store::list_numeros(transaction, {m_territory, alive}).front());
  }

  Plan plan_merge(Transaction& transaction, const OpenPair& open, const ReviewOrder& order) const {
    NumeroUnique kept = numero_of(transaction, open, open.one);
    NumeroUnique other = numero_of(transaction, open, open.two);
    if (order.keep && *order.keep != kept && *order.keep != other) refuse(FaultCode::review_keep, "keep");
    const bool turned =
        order.keep ? *order.keep == other : is_older(transaction, open.pair.other_alive, open.pair.alive);
    if (turned) std::swap(kept, other);
    return {.rest = Rest::merge, .kept = kept, .other = other, .pair = open.pair};
  }

  /// The seniority of a demande counts with all that was merged into it.
  bool is_older(Transaction& transaction, const model::Uuid& one, const model::Uuid& other) const {
    return store::seniority(transaction, {m_territory, one}) <
           store::seniority(transaction, {m_territory, other});
  }

  ReviewAnswer merge(const Plan& plan, const ReviewOrder& order, const ReviewReasons& reasons) {
    const auto merging = authorize_on(m_registry, m_reviewer.requester, Action::merge_demandes, *plan.kept);
    if (!merging) return refused(merging.error());
    const auto both = authorize_on(m_registry, m_reviewer.requester, Action::merge_demandes, *plan.other);
    if (!both) return refused(both.error());
    if (plan.pair.is_gold()) return answer_gold(order);
    const std::string& label = reasons.find(order.reason, order.outcome)->label;
    const auto merged = merge_demandes(m_registry, *merging,
                                       {.kept = *plan.kept,
                                        .other = *plan.other,
                                        .act = fmt::format("revue {} : {}", plan.pair.review.text(), label),
                                        .reason = order.reason,
                                        .review = plan.pair.review});
    if (!merged) return refused(merged.error());
    return order.id;
  }

  ReviewAnswer answer_gold(const ReviewOrder& order) {
    const auto answered = attempt(m_registry, m_decision, [&](Transaction& transaction) {
      note(transaction, find(transaction, order.id), order);
      return true;
    });
    if (!answered) return refused(answered.error());
    return order.id;
  }

  ReviewAnswer split(const Plan& plan, const SplitOrder& order) {
    const auto splitting = authorize_on(m_registry, m_reviewer.requester, Action::split_demande, *plan.other);
    if (!splitting) return refused(splitting.error());
    const auto parted = split_demande(m_registry, *splitting, *plan.other, order);
    if (!parted) return refused(parted.error());
    return plan.pair.line;
  }

  Plan undo_gold(Transaction& transaction, const OpenPair& open) {
    if (!store::take_gold_answer_back(transaction, m_territory, open.pair.line, account()))
      refuse(FaultCode::review_not_decided, review_path);
    queue_traces(transaction, open, now());
    return {.pair = open.pair};
  }

  /// A merge that was contested and found right was decided once more: that alone is undone.
  Plan undo(Transaction& transaction, const OpenPair& open) {
    const store::ReviewPair& pair = open.pair;
    if (pair.decided.empty()) refuse(FaultCode::review_not_decided, review_path);
    if (pair.merged && pair.decided == same && pair.doubt.reason != "contested")
      return {.rest = Rest::split, .other = numero_in(merged_side(open).found.numero), .pair = pair};
    store::queue_undone_decision(transaction, {m_territory, pair.demande}, pair.other, account(), now());
    queue_traces(transaction, open, now());
    return {.pair = pair};
  }

  const Reviewer& m_reviewer;
  const Registry& m_registry;
  const policy::Decision& m_decision;
  const std::string& m_territory;
};

/// The pairs of one pattern.
struct Alike {
  AlikeAnswer answer;
  std::vector<model::Uuid> pairs;
};

/// Looks for them, and at the sample, in one transaction.
class Sampling {
 public:
  Sampling(const Reviewer& reviewer, const AlikeOrder& asked)
      : m_registry(reviewer.registry),
        m_decision(reviewer.decision),
        m_asked(asked),
        m_now(reviewer.registry.clock.now()) {}

  Alike look(Transaction& transaction) const {
    PairReader reader(m_registry, m_decision);
    const auto like = reader.find(transaction, m_asked.order.id);
    if (!like || !like->pair.doubt.levels) refuse(FaultCode::review_unknown, review_path);
    Alike alike;
    for (const store::ReviewPair& pair : list(transaction, like->pair)) {
      if (reader.open(transaction, pair)) alike.pairs.push_back(pair.review);
    }
    alike.answer.found = alike.pairs.size();
    if (m_asked.preview) return alike;
    if (alike.pairs.size() > static_cast<std::size_t>(m_asked.limit))
      refuse(FaultCode::review_too_many, review_path);
    alike.answer.to_decide_first = undecided(transaction, alike.pairs);
    return alike;
  }

 private:
  [[nodiscard]] std::vector<store::ReviewPair> list(Transaction& transaction,
                                                    const store::ReviewPair& like) const {
    const store::QueuePage page{.territory = m_decision.territories().front(),
                                .reason = {},
                                .now = m_now,
                                .behind = 0,
                                .limit = m_asked.preview ? most_previewed : m_asked.limit + 1};
    return store::list_alike(transaction, page, like,
                             store::keyed_hash(m_registry.keys.current_key(store::KeyUse::match), "sample",
                                               m_decision.territories().front()));
  }

  /// Those of the sample that the account has not decided.
  [[nodiscard]] std::vector<model::Uuid> undecided(Transaction& transaction,
                                                   const std::vector<model::Uuid>& pairs) const {
    const auto size =
        std::min(pairs.size(), static_cast<std::size_t>(std::max(least_sample, m_asked.sample)));
    const store::ReviewSample sample{m_decision.territories().front(), m_decision.actor().account,
                                     m_asked.order.id, m_asked.order.outcome};
    const auto drawn = store::draw_sample(transaction, sample,
                                          {pairs.begin(), pairs.begin() + static_cast<std::ptrdiff_t>(size)},
                                          m_now - sample_lasts, m_now);
    const auto outcomes = store::sample_outcomes(transaction, sample);
    std::vector<model::Uuid> left;
    for (std::size_t rank = 0; rank < drawn.size(); ++rank) {
      if (outcomes[rank].empty())
        left.push_back(drawn[rank]);
      else if (outcomes[rank] != m_asked.order.outcome)
        refuse(FaultCode::review_sample, review_path);
    }
    return left;
  }

  static constexpr int most_previewed = 10'000;

  const Registry& m_registry;
  const policy::Decision& m_decision;
  const AlikeOrder& m_asked;
  model::Time m_now;
};

}  // namespace

ReviewAnswer decide_review(const Reviewer& reviewer, const ReviewReasons& reasons, const ReviewOrder& order) {
  return Deciding(reviewer).decide(reasons, order);
}

ReviewAnswer undo_review(const Reviewer& reviewer, const model::Uuid& id) {
  return Deciding(reviewer).undo(id);
}

tl::expected<AlikeAnswer, ReviewRefusal> decide_alike(const Reviewer& reviewer, const ReviewReasons& reasons,
                                                      const AlikeOrder& asked) {
  auto alike = attempt(reviewer.registry, reviewer.decision, [&](Transaction& transaction) {
    if (reasons.find(asked.order.reason, asked.order.outcome) == nullptr)
      refuse(FaultCode::review_reason, reason_path);
    return Sampling(reviewer, asked).look(transaction);
  });
  if (!alike) return tl::unexpected(ReviewRefusal{std::move(alike.error()), {}});
  AlikeAnswer& answer = alike->answer;
  if (asked.preview || !answer.to_decide_first.empty()) return answer;
  for (const model::Uuid& pair : alike->pairs) {
    ReviewOrder order = asked.order;
    order.id = pair;
    const bool done = decide_review(reviewer, reasons, order).has_value();
    ++(done ? answer.decided : answer.refused);
  }
  return answer;
}

}  // namespace passerelle::service
