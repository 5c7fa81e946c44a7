#include "gateway/service/registry/review/measure_reviewers.hpp"

#include <cassert>

#include "gateway/service/registry/refusal.hpp"
#include "gateway/service/registry/review/open_pair.hpp"

namespace passerelle::service {

using store::Transaction;

namespace {

constexpr std::int64_t enough_accounts = 2;

}  // namespace

tl::expected<bool, model::Faults> add_gold_pair(const Registry& registry, const policy::Decision& decision,
                                                const model::Uuid& review) {
  assert(decision.action() == policy::Action::administer);
  const std::string& territory = decision.territories().front();
  return attempt(registry, decision, [&](Transaction& transaction) {
    const auto agreement = store::find_agreement(transaction, territory, review);
    if (!agreement || agreement->accounts < enough_accounts)
      refuse(model::FaultCode::review_no_agreement, review_path);
    const model::Time now = registry.clock.now();
    queue_trace(transaction, decision, territory, nullptr, now);
    return store::add_gold(
        transaction, territory, review,
        {.account = decision.actor().account, .outcome = agreement->outcome, .reason = {}, .at = now});
  });
}

std::vector<store::ReviewerMeasure> measure_reviewers(const Registry& registry,
                                                      const policy::Decision& decision) {
  assert(decision.action() == policy::Action::administer);
  const std::string& territory = decision.territories().front();
  return store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    auto measures = store::measure_reviewers(transaction, territory);
    queue_trace(transaction, decision, territory, nullptr, registry.clock.now());
    return measures;
  });
}

}  // namespace passerelle::service
