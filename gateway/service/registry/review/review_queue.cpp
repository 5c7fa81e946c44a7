#include "gateway/service/registry/review/review_queue.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <fmt/format.h>
#include <iterator>
#include <tuple>

#include "gateway/service/registry/refusal.hpp"
#include "gateway/service/registry/review/contest_merge.hpp"
#include "gateway/service/registry/review/explain_pair.hpp"

namespace passerelle::service {
namespace {

using store::ReviewPair;
using store::Transaction;

constexpr int lines_at_once = 100;
/// Lines of the queue for each gold one.
constexpr int lines_for_a_gold_one = 19;
constexpr double even_odds = 0.5;

model::NumeroUnique numero_of(const OpenSide& side) {
  return *model::NumeroUnique::parse(side.found.numero);
}

ReviewLine line_of(const OpenPair& open) {
  return {open.pair.line, numero_of(open.one), numero_of(open.two), open.pair.doubt, open.pair.opened_at};
}

/// Far from doubt; nothing weighed is doubted most.
double certainty(const ReviewPair& pair) {
  return std::abs(1 / (1 + std::exp2(-pair.doubt.log_odds.value_or(0))) - even_odds);
}

/// The order in which the store lists pairs, so that a gold line stands where another would.
auto rank_of(const ReviewPair& pair) {
  return std::tuple(!pair.awaited, certainty(pair), pair.since);
}

/// Reads the queue page after page until enough of it is for who asks.
class QueueReading {
 public:
  QueueReading(const Registry& registry, const policy::Decision& decision, const QueueOrder& order,
               Transaction& transaction)
      : m_registry(registry),
        m_decision(decision),
        m_order(order),
        m_transaction(transaction),
        m_reader(registry, decision) {}

  std::vector<ReviewLine> read() {
    std::vector<OpenPair> lines = take(
        m_order.limit, [this](const store::QueuePage& page) { return list_reviews(m_transaction, page); });
    const auto gold = std::ranges::count_if(lines, [this](const OpenPair& line) { return draws_gold(line); });
    const auto by_gold = [this](const store::QueuePage& page) {
      return list_gold(m_transaction, page, account());
    };
    std::ranges::move(take(static_cast<int>(gold), by_gold), std::back_inserter(lines));
    std::ranges::stable_sort(lines, {}, [](const OpenPair& line) { return rank_of(line.pair); });
    if (std::ssize(lines) > m_order.limit) lines.erase(lines.begin() + m_order.limit, lines.end());
    std::vector<ReviewLine> shown;
    shown.reserve(lines.size());
    for (const OpenPair& line : lines) shown.push_back(line_of(line));
    return shown;
  }

 private:
  template <typename List>
  std::vector<OpenPair> take(int wanted, List list) {
    std::vector<OpenPair> taken;
    store::QueuePage page{.territory = m_decision.territories().front(),
                          .reason = m_order.reason,
                          .now = m_registry.clock.now(),
                          .limit = lines_at_once};
    while (std::ssize(taken) < wanted) {
      const std::vector<ReviewPair> pairs = list(page);
      for (const ReviewPair& pair : pairs) {
        if (std::ssize(taken) == wanted) break;
        if (auto open = m_reader.open(m_transaction, pair)) taken.push_back(std::move(*open));
      }
      if (std::ssize(pairs) < lines_at_once) break;
      page.behind += lines_at_once;
    }
    return taken;
  }

  /// Always the same of one line and one account: looking again tells nothing.
  [[nodiscard]] bool draws_gold(const OpenPair& line) const {
    const store::Bytes drawn = store::keyed_hash(m_registry.keys.current_key(store::KeyUse::match),
                                                 fmt::format("gold/{}", account()), line.pair.line.text());
    return drawn.front() % lines_for_a_gold_one == 0;
  }

  [[nodiscard]] const std::string& account() const { return m_decision.actor().account; }

  const Registry& m_registry;
  const policy::Decision& m_decision;
  const QueueOrder& m_order;
  Transaction& m_transaction;
  PairReader m_reader;
};

policy::Viewing viewing_of(const OpenSide& side) {
  return {.viewer = {}, .declarations = side.text.declarations, .pseudonym = {}};
}

std::vector<ComparedField> compare(const Registry& registry, const OpenPair& open) {
  PivotMask one(*registry.pivot);
  PivotMask two(*registry.pivot);
  return compare_sides(one.read(open.one.text.pivot, open.one.decision, viewing_of(open.one)),
                       two.read(open.two.text.pivot, open.two.decision, viewing_of(open.two)));
}

}  // namespace

std::vector<ReviewLine> list_review_queue(const Registry& registry, const policy::Decision& decision,
                                          const QueueOrder& order) {
  assert(decision.action() == policy::Action::review_pairs);
  return store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    auto lines = QueueReading(registry, decision, order, transaction).read();
    leave_trace(transaction, registry, decision);
    return lines;
  });
}

tl::expected<ShownReview, model::Faults> show_review(const Registry& registry,
                                                     const policy::Decision& decision,
                                                     const model::Uuid& id) {
  assert(decision.action() == policy::Action::review_pairs);
  return attempt(registry, decision, [&](Transaction& transaction) {
    const auto open = PairReader(registry, decision).find(transaction, id);
    if (!open) refuse(model::FaultCode::review_unknown, review_path);
    const model::Time now = registry.clock.now();
    store::queue_shown(transaction, decision.territories().front(), open->pair, decision.actor().account,
                       now);
    queue_traces(transaction, *open, now);
    return ShownReview{line_of(*open), compare(registry, *open),
                       explain_pair(registry, transaction,
                                    {decision.territories().front(), open->pair.demande}, open->pair.other),
                       contests_of(transaction, *open)};
  });
}

}  // namespace passerelle::service
