#include "gateway/service/access/approve_access.hpp"

#include <cassert>

#include "gateway/service/access/grant_access.hpp"
#include "gateway/store/alias_table.hpp"
#include "gateway/store/approval_table.hpp"
#include "gateway/store/relation_table.hpp"

namespace passerelle::service {
namespace {

using policy::Tie;
using store::Transaction;

Authorization authorize_alone(const Registry& registry, const Requester& requester,
                              const ApprovalOrder& order) {
  if (order.numero) return authorize_on(registry, requester, order.action, *order.numero);
  return authorize(registry, requester, order.action, {order.territory});
}

/// What the engine would answer with an approval. INVARIANT: such a decision never leaves this file, since
/// the approval is not there.
tl::expected<policy::Denial, policy::Denial> wish_of(const Registry& registry, const Authorization& alone) {
  const policy::Verdict& verdict = alone ? static_cast<const policy::Verdict&>(*alone) : alone.error();
  policy::AccessRequest request = verdict.request().access;
  request.ties.insert(Tie::seconde_personne);
  const auto together = registry.engine.decide(verdict.request().asker, request);
  if (!together) return tl::unexpected(together.error());
  if (alone && together->rule() == alone->rule())
    return tl::unexpected(policy::Engine::withhold(*together, refused_wish.rule));
  return policy::Engine::withhold(*together, asked_for_approval);
}

std::optional<model::Uuid> demande_of(Transaction& transaction, const ApprovalOrder& order) {
  if (!order.numero) return std::nullopt;
  const auto found =
      store::find_keyed_demande(transaction, order.territory, std::string(order.numero->text().reveal()));
  if (!found) refuse(refused_approval);
  return found->demande.id;
}

}  // namespace

tl::expected<bool, policy::Denial> ask_approval(const Registry& registry, const Requester& requester,
                                                const ApprovalOrder& order) {
  const Authorization alone = authorize_alone(registry, requester, order);
  const auto wish = wish_of(registry, alone);
  if (!wish) {
    if (alone) note_refusal(registry, wish.error());  // what was denied alone has left its trace
    return tl::unexpected(wish.error());
  }
  const policy::Asker& asker = wish->request().asker;
  return store::in_transaction(registry.pool, scope_of(*wish), [&](Transaction& transaction) {
    store::queue_approval_wish(transaction,
                               {.territory = order.territory,
                                .account = asker.actor.account,
                                .action = std::string(policy::action_name(order.action)),
                                .demande = model::Uuid::parse(asker.subject)},
                               asker.at);
    queue_trace(transaction, *wish, order.territory, nullptr, asker.at);
    return true;
  });
}

tl::expected<bool, policy::Denial> approve_access(const Registry& registry, const policy::Decision& decision,
                                                  const std::string& account, const ApprovalOrder& order) {
  assert(decision.action() == policy::Action::grant_access &&
         decision.territories().front() == order.territory);
  return unless_refused(registry, decision, [&](Transaction& transaction) {
    const store::Hand hand = hand_of(registry, decision);
    if (account == hand.account) refuse(refused_to_oneself);
    if (!is_within_reach(transaction, decision, account, today_of(transaction, decision, hand.at)))
      refuse(refused_account);
    const store::ApprovalWish wish{.territory = order.territory,
                                   .account = account,
                                   .action = std::string(policy::action_name(order.action)),
                                   .demande = demande_of(transaction, order)};
    if (!store::approve_wish(transaction, wish, hand, {hand.at - wish_waits, hand.at + approval_lasts}))
      refuse(refused_approval);
    if (wish.demande && order.action == policy::Action::split_demande) {
      for (const auto& merged : store::list_merged(transaction, {order.territory, *wish.demande}))
        store::queue_approval_of_merged(transaction, wish, merged.id, hand, hand.at + approval_lasts);
    }
    leave_trace(transaction, registry, decision);
    return true;
  });
}

}  // namespace passerelle::service
