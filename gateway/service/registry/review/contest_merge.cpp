#include "gateway/service/registry/review/contest_merge.hpp"

#include <cassert>
#include <fmt/format.h>

#include "gateway/service/registry/refusal.hpp"
#include "gateway/store/access_table.hpp"
#include "gateway/store/alias_table.hpp"
#include "gateway/store/cipher.hpp"
#include "gateway/store/exchange_table.hpp"

namespace passerelle::service {
namespace {

using store::Transaction;

std::string contest_place(const model::Uuid& demande) {
  return fmt::format("contest/{}", demande.text());
}

/// The other demandes that this one was merged with, whichever was kept; itself when with none.
std::vector<model::Uuid> merged_with(Transaction& transaction, const store::DemandeId& demande) {
  std::vector<model::Uuid> others = store::list_direct_merges(transaction, demande);
  if (others.empty()) others.push_back(demande.id);
  return others;
}

}  // namespace

tl::expected<bool, model::Faults> contest_merge(const Registry& registry, const policy::Decision& decision,
                                                const model::NumeroUnique& numero) {
  assert(decision.action() == policy::Action::contest_merge);
  const std::string& territory = decision.territories().front();
  return attempt(registry, decision, [&](Transaction& transaction) {
    const model::Time now = registry.clock.now();
    const auto found = store::find_own_standing(transaction, territory, std::string(numero.text().reveal()));
    if (!found || !is_about(decision, found->demande))
      refuse(model::FaultCode::registry_unknown, "numeroUnique");
    const store::DemandeId demande{territory, found->demande};
    const auto state = store::find_merged(transaction, demande);
    if (!state) refuse(model::FaultCode::registry_unknown, "numeroUnique");
    const store::SecretKey key = open_demande_key(registry.keys, demande.id, state->key);
    const store::Event event{.territory = territory,
                             .demande = demande.id,
                             .rank = state->events + 1,
                             .kind = std::string(contest_event),
                             .happened_on = {},
                             .recorded_at = now,
                             .body = "demandeur",
                             .version = state->version};
    store::queue_event(transaction, event);
    store::queue_news(transaction, event);
    queue_trace(transaction, decision, territory, &key, now);
    const store::Bytes sealed = store::seal(key, store::octets_of(decision.request().asker.reason.reveal()),
                                            contest_place(demande.id));
    for (const model::Uuid& other : merged_with(transaction, demande)) {
      const model::Uuid review = store::contest_pair(transaction, demande, other, now);
      store::queue_contest(transaction, {demande, review, now, sealed});
    }
    return true;
  });
}

std::vector<model::Personal<std::string>> contests_of(Transaction& transaction, const OpenPair& open) {
  std::vector<model::Personal<std::string>> words;
  const std::string& territory = open.one.decision.territories().front();
  for (const store::Contest& contest : store::list_contests(transaction, territory, open.pair.review)) {
    const OpenSide& side = contest.demande.id == open.pair.demande ? open.one : open.two;
    const auto text = store::unseal(side.key, contest.sealed, contest_place(contest.demande.id));
    if (!text) throw store::KeyFileError("une contestation ne s'ouvre pas avec la clé de sa demande");
    words.emplace_back(std::string(store::text_of(*text)));
  }
  return words;
}

}  // namespace passerelle::service
