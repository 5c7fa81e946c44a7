#include "gateway/service/registry/erase.hpp"

#include <cassert>
#include <fmt/format.h>

#include "gateway/service/reports/leave_facts.hpp"
#include "gateway/store/alias_table.hpp"
#include "gateway/store/candidate_table.hpp"
#include "gateway/store/exchange_table.hpp"

namespace passerelle::service {
namespace {

using store::KeyUse;
using store::Transaction;

std::string erased_place(const model::Uuid& demande) {
  return fmt::format("erased/{}", demande.text());
}

store::ErasedNumero erased(const store::KeyFile& keys, const model::Uuid& demande, std::string_view numero) {
  return {numero_mac(keys, numero),
          {keys.current(KeyUse::message),
           store::seal(keys.current_key(KeyUse::message), store::octets_of(numero), erased_place(demande))}};
}

/// The event of the erasure, which tells partners to forget too: their queues hold no value.
void queue_forget(Transaction& transaction, const Registry& registry, const policy::Decision& decision,
                  const ErasureSubject& subject) {
  const store::DemandeId& demande = subject.demande;
  const store::Event event{.territory = demande.territory,
                           .demande = demande.id,
                           .rank = subject.rank,
                           .kind = std::string(erasure_event),
                           .happened_on = {},
                           .recorded_at = registry.clock.now(),
                           .body = decision.actor().body,
                           .version = subject.version};
  store::queue_event(transaction, event);
  store::queue_news(transaction, event);
}

/// The lines of an erasure: that of the demande itself comes first, and alone has an event.
std::vector<store::JournaledErasure> lines_of(const std::vector<model::Uuid>& erased,
                                              const ErasureSubject& subject, const std::string& act,
                                              model::Time now) {
  std::vector<store::JournaledErasure> lines;
  lines.reserve(erased.size());
  for (const model::Uuid& demande : erased)
    lines.push_back(
        {subject.demande.territory, demande, now, lines.empty() ? subject.rank : 0, store::act_digest(act)});
  return lines;
}

}  // namespace

bool erase_registered(const Registry& registry, const policy::Decision& decision,
                      const model::NumeroUnique& numero, const std::string& act,
                      const store::ErasureJournal& journal) {
  assert(decision.action() == policy::Action::erase_demande);
  const std::string& territory = decision.territories().front();
  const model::Time now = registry.clock.now();
  return in_transaction_of(registry, decision, [&](Transaction& transaction) {
    store::queue_candidate_by_numero(transaction, territory, std::string(numero.text().reveal()));
    const auto found = store::read_candidate(transaction.flush().back());
    queue_trace(transaction, decision, territory, nullptr, now);
    if (!found || !is_about(decision, found->id)) return false;
    erase_journaled(transaction, registry, decision,
                    {{territory, found->id}, found->version, found->events + 1}, {act, journal});
    return true;
  });
}

void erase_journaled(Transaction& transaction, const Registry& registry, const policy::Decision& decision,
                     const ErasureSubject& subject, const ErasureOrder& order) {
  const auto gone = erase_with_merged(transaction, registry, decision, subject, order.act);
  order.journal.append(lines_of(gone, subject, order.act, registry.clock.now()));
}

std::vector<model::Uuid> erase_with_merged(Transaction& transaction, const Registry& registry,
                                           const policy::Decision& decision, const ErasureSubject& subject,
                                           const std::string& act) {
  const store::DemandeId& demande = subject.demande;
  const model::Time now = registry.clock.now();
  std::vector<store::ErasedNumero> numeros;
  for (const std::string& text : store::list_numeros(transaction, demande))
    numeros.push_back(erased(registry.keys, demande.id, text));
  leave_erasure_fact(registry, transaction, demande, subject.erased_at.value_or(now));
  queue_forget(transaction, registry, decision, subject);
  std::vector<model::Uuid> gone = {demande.id};
  // What was merged into it is told by its event, and held against a number that comes back under its name.
  for (const store::MergedDemande& merged : store::list_merged(transaction, demande)) {
    store::erase_demande(transaction, {demande.territory, merged.id}, {}, act, now);
    gone.push_back(merged.id);
  }
  store::erase_demande(transaction, demande, numeros, act, now);
  return gone;
}

std::vector<model::NumeroUnique> erased_numeros(Transaction& transaction, const Registry& registry,
                                                const store::DemandeId& demande) {
  std::vector<model::NumeroUnique> numeros;
  for (const store::Sealed& kept : store::list_erased(transaction, demande)) {
    if (!registry.keys.holds(KeyUse::message, kept.generation)) continue;
    const auto text = store::unseal(registry.keys.key(KeyUse::message, kept.generation), kept.octets,
                                    erased_place(demande.id));
    if (!text) throw store::KeyFileError("un numéro effacé ne s'ouvre pas avec ce fichier de clés");
    numeros.push_back(*model::NumeroUnique::parse(store::text_of(*text)));
  }
  return numeros;
}

}  // namespace passerelle::service
