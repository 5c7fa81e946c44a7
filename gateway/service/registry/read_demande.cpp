#include "gateway/service/registry/read_demande.hpp"

#include <cassert>

#include "gateway/service/registry/alias.hpp"
#include "gateway/store/access_table.hpp"
#include "gateway/store/cipher.hpp"
#include "gateway/store/reference_table.hpp"

namespace passerelle::service {
namespace {

using store::Transaction;

std::string text_of(const model::NumeroUnique& numero) {
  return std::string(numero.text().reveal());
}

/// What someone else will look at, since the rule says so: an emergency, the gravest facts.
void queue_review(Transaction& transaction, const policy::Decision& decision, const store::DemandeId& demande,
                  const store::SecretKey& key) {
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

/// Whether the kind of an event says what is not shown: that a demande was two, for instance. The household
/// itself is told that, though not of which other: it may contest.
bool is_hidden(const policy::Decision& decision, const store::Event& event) {
  policy::FieldClasses told = {policy::FieldClass::history};
  const bool of_the_household = decision.request().access.relation != policy::Relation::aucune;
  if (moves_numeros(event.kind) && !of_the_household) told.insert(policy::FieldClass::duplicate);
  return !(told & decision.hidden()).empty();
}

/// Reads and leaves a trace, of a failed search too: that someone looked is evidence.
std::optional<ReadDemande> read_at(Transaction& transaction, const Registry& registry,
                                   const policy::Decision& decision, const model::NumeroUnique& numero,
                                   model::Time at) {
  const std::string& territory = decision.territories().front();
  const auto found = store::find_version(transaction, territory, text_of(numero), at);
  const model::Time now = registry.clock.now();
  if (!found || !is_about(decision, found->id)) {
    queue_trace(transaction, decision, territory, nullptr, now);
    return std::nullopt;
  }
  const store::SecretKey key = open_demande_key(registry.keys, found->id, found->key);
  queue_trace(transaction, decision, territory, &key, now);
  queue_review(transaction, decision, {territory, found->id}, key);
  return ReadDemande{*model::NumeroUnique::parse(found->numero), found->version, found->recorded_at,
                     Showing(registry).show(decision, key, *found)};
}

}  // namespace

std::optional<ReadDemande> show_demande(const Registry& registry, const policy::Decision& decision,
                                        const model::NumeroUnique& numero) {
  assert(decision.action() == policy::Action::show_demande);
  return store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    return read_at(transaction, registry, decision, numero, registry.clock.now());
  });
}

std::optional<ReadDemande> show_demande_at(const Registry& registry, const policy::Decision& decision,
                                           const model::NumeroUnique& numero, const std::string& day) {
  assert(decision.action() == policy::Action::read_past);
  return store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    const auto end = store::end_of_day(transaction, decision.territories().front(), day);
    return read_at(transaction, registry, decision, numero, end.value_or(model::Time{}));
  });
}

std::vector<store::Event> list_demande_events(const Registry& registry, const policy::Decision& decision,
                                              const model::NumeroUnique& numero) {
  assert(decision.action() == policy::Action::list_events);
  const std::string& territory = decision.territories().front();
  return store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    auto events = store::list_events(transaction, territory, text_of(numero));
    if (!events.empty() && !is_about(decision, events.front().demande)) events.clear();
    std::erase_if(events, [&](const store::Event& event) { return is_hidden(decision, event); });
    queue_trace(transaction, decision, territory, nullptr, registry.clock.now());
    return events;
  });
}

}  // namespace passerelle::service
