#include "gateway/service/access/judge_reading.hpp"

#include <cassert>

#include "gateway/service/access/grant_access.hpp"
#include "gateway/store/access_table.hpp"
#include "gateway/store/cipher.hpp"

namespace passerelle::service {
namespace {

using store::Transaction;

model::Personal<std::string> open_reason(const Registry& registry, const store::OpenReading& reading) {
  if (!reading.demande || !reading.key) return {};
  const store::SecretKey key = open_demande_key(registry.keys, *reading.demande, *reading.key);
  const auto reason = store::unseal(key, reading.reason, reason_place(*reading.demande));
  if (!reason) throw store::KeyFileError("le motif d'une lecture ne s'ouvre pas avec la clé de sa demande");
  return model::Personal(std::string(store::text_of(*reason)));
}

}  // namespace

void queue_review(store::Transaction& transaction, const policy::Decision& decision,
                  const store::DemandeId& demande, const store::SecretKey& key) {
  if (!decision.obligations().contains(policy::Obligation::relire)) return;
  const policy::Asker& asker = decision.request().asker;
  store::queue_access_review(
      transaction,
      {.demande = demande,
       .account = asker.actor.account,
       .action = std::string(policy::action_name(decision.action())),
       .rule = decision.rule(),
       .alert = decision.obligations().contains(policy::Obligation::alerter),
       .reason = store::seal(key, store::octets_of(asker.reason.reveal()), reason_place(demande.id)),
       .happened_at = asker.at});
}

std::vector<WaitingReading> list_readings(const Registry& registry, const policy::Decision& decision) {
  assert(decision.action() == policy::Action::administer);
  return store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    std::vector<WaitingReading> waiting;
    for (store::OpenReading& reading :
         store::list_open_readings(transaction, decision.territories().front())) {
      auto reason = open_reason(registry, reading);
      waiting.push_back({std::move(reading), std::move(reason)});
    }
    leave_trace(transaction, registry, decision);
    return waiting;
  });
}

tl::expected<bool, policy::Denial> judge_reading(const Registry& registry, const policy::Decision& decision,
                                                 const model::Uuid& reading, const std::string& outcome) {
  assert(decision.action() == policy::Action::administer && decision.territories().size() == 1);
  return unless_refused(registry, decision, [&](Transaction& transaction) {
    const std::string& territory = decision.territories().front();
    const store::Hand hand = hand_of(registry, decision);
    const auto reader = store::reader_of(transaction, territory, reading);
    if (!reader) refuse(refused_reading);
    if (*reader == hand.account) refuse(refused_to_oneself);
    store::queue_judgement(transaction, territory, reading, outcome, hand);
    leave_trace(transaction, registry, decision);
    return true;
  });
}

}  // namespace passerelle::service
