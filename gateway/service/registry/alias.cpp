#include "gateway/service/registry/alias.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "gateway/life/life_words.hpp"
#include "gateway/service/registry/allocate_numero.hpp"
#include "gateway/service/registry/refusal.hpp"
#include "gateway/service/reports/leave_facts.hpp"
#include "gateway/store/alias_table.hpp"
#include "gateway/store/exchange_table.hpp"
#include "gateway/store/reference_table.hpp"
#include "gateway/store/review_table.hpp"

namespace passerelle::service {
namespace {

using model::FaultCode;
using model::NumeroUnique;
using store::NumberedDemande;
using store::Transaction;

constexpr std::string_view numero_path = "numeroUnique";
constexpr std::string_view review_path = "revue";

std::string text_of(const NumeroUnique& numero) {
  return std::string(numero.text().reveal());
}

/// A demande to which something happens.
struct Subject {
  model::Uuid id{model::Uuid::Octets{}};
  int version = 0;
  int events = 0;
  const store::Sealed& key;
};

/// One of these use cases inside one transaction.
class Renaming {
 public:
  Renaming(const Registry& registry, const policy::Decision& decision, Transaction& transaction)
      : m_registry(registry),
        m_decision(decision),
        m_transaction(transaction),
        m_territory(decision.territories().front()),
        m_now(registry.clock.now()) {}

  Renamed renumber(const NumeroUnique& old, const std::optional<NumeroUnique>& wanted) {
    const NumberedDemande demande = find_subject(old);
    if (wanted ? demande.numero == text_of(*wanted) : demande.numero != text_of(old))
      return done_before(demande);
    if (demande.numero != text_of(old)) refuse(FaultCode::registry_renumbered, numero_path);
    happen({demande.id, demande.version, demande.events, demande.key}, renumbering_event);
    if (wanted)
      give(demande, *wanted);
    else
      store::queue_renumbering(m_transaction, place(demande.id), text_of(allocate(demande)), m_now);
    return done(old);
  }

  Renamed merge(const MergeOrder& order) {
    const NumberedDemande kept = find_subject(order.kept);
    const NumberedDemande other = find(order.other);
    if (order.review && !store::lock_open_review(m_transaction, m_territory, *order.review))
      refuse(FaultCode::review_closed, review_path);
    if (kept.id == other.id) return done_before(kept);
    if (kept.state == "radiated") refuse(FaultCode::registry_not_alive, numero_path);
    happen({kept.id, kept.version, kept.events, kept.key}, merge_event);
    happen({other.id, other.version, other.events, other.key}, merged_event);
    leave_facts(m_registry, m_transaction, place(other.id), merged(other.state));
    store::queue_merge(m_transaction, {m_territory, kept.id, other.id, other.state, order.act}, m_now);
    store::queue_pair_decision(m_transaction, place(kept.id), other.id, decided("same", order.reason));
    return done(order.kept);
  }

  Renamed split(const NumeroUnique& numero, const SplitOrder& order) {
    const NumberedDemande alive = find_subject(numero);
    if (alive.owner == alive.id && alive.numero_reason == "split") return done_before(alive);
    if (alive.owner == alive.id) refuse(FaultCode::registry_not_merged, numero_path);
    const auto merged = store::find_merged(m_transaction, place(alive.owner));
    if (!merged) refuse(FaultCode::registry_unknown, numero_path);
    const auto merges = store::list_merged(m_transaction, place(alive.id));
    const auto with_it = store::merged_below(merges, alive.owner);
    happen({alive.id, alive.version, alive.events, alive.key}, split_event);
    happen({alive.owner, merged->version, merged->events, merged->key}, restored_event);
    leave_facts(m_registry, m_transaction, place(alive.owner),
                {.kind = std::string(restored_event), .in_stock = is_in_stock(merged->state)});
    store::queue_split(m_transaction, place(alive.id), alive.owner, with_it, m_now);
    const auto merge = std::ranges::find(merges, alive.owner, &store::MergedDemande::id);
    assert(merge != merges.end());  // it is the owner of a number that leads to another demande
    if (order.waits_again)
      store::queue_undone_decision(m_transaction, place(merge->kept), alive.owner, account(), m_now);
    else
      store::queue_pair_decision(m_transaction, place(merge->kept), alive.owner,
                                 decided("different", order.reason));
    return done(numero);
  }

 private:
  [[nodiscard]] store::DemandeId place(const model::Uuid& demande) const { return {m_territory, demande}; }

  [[nodiscard]] NumberedDemande find(const NumeroUnique& numero) const {
    if (numero.territory() != m_territory) refuse(FaultCode::registry_territory, numero_path);
    auto found = store::find_numbered(m_transaction, m_territory, text_of(numero));
    if (!found) refuse(FaultCode::registry_unknown, numero_path);
    return std::move(*found);
  }

  /// The demande that the decision was made for.
  [[nodiscard]] NumberedDemande find_subject(const NumeroUnique& numero) const {
    NumberedDemande found = find(numero);
    if (!is_about(m_decision, found.id)) refuse(FaultCode::registry_unknown, numero_path);
    return found;
  }

  /// A radiation, unless it was radiated before (CCH R441-2-8 f).
  static ReportedEvent merged(std::string_view state) {
    ReportedEvent event{.kind = std::string(merged_event)};
    if (state != "radiated") event.motive = life::words::name(life::words::motives, life::Motive::merge);
    return event;
  }

  /// A number given by someone: nobody's until now, or one that this demande had before.
  void give(const NumberedDemande& demande, const NumeroUnique& wanted) {
    if (wanted.territory() != m_territory) refuse(FaultCode::registry_territory, numero_path);
    store::queue_erased(m_transaction, m_territory, numero_mac(m_registry.keys, text_of(wanted)));
    if (store::read_erased(m_transaction.flush().back())) refuse(FaultCode::registry_erased, numero_path);
    const auto known = store::find_numbered(m_transaction, m_territory, text_of(wanted));
    if (!known) return store::queue_renumbering(m_transaction, place(demande.id), text_of(wanted), m_now);
    if (known->id != demande.id || known->owner != demande.id)
      refuse(FaultCode::registry_numero_taken, numero_path);
    store::queue_number_again(m_transaction, place(demande.id), text_of(wanted), m_now);
  }

  [[nodiscard]] NumeroUnique allocate(const NumberedDemande& demande) const {
    store::queue_desk(m_transaction, {m_territory, demande.guichet}, m_now);
    if (store::read_desk(m_transaction.flush().back()).allocator != "passerelle")
      refuse(FaultCode::registry_allocator, numero_path);
    const auto numero = allocate_numero(m_registry, m_territory, demande.deposited_on, demande.guichet);
    if (!numero) refuse(FaultCode::registry_exhausted, numero_path);
    return *numero;
  }

  /// An event, news for partners and a trace. INVARIANT: before anything else is written. The rank of the
  /// event keeps apart whatever happens to one demande at the same time: the one that comes second begins
  /// again.
  void happen(const Subject& subject, std::string_view kind) const {
    const store::Event event{.territory = m_territory,
                             .demande = subject.id,
                             .rank = subject.events + 1,
                             .kind = std::string(kind),
                             .happened_on = {},
                             .recorded_at = m_now,
                             .body = m_decision.actor().body,
                             .version = subject.version};
    store::queue_event(m_transaction, event);
    store::queue_news(m_transaction, event);
    trace(subject.id, subject.key);
  }

  [[nodiscard]] const std::string& account() const { return m_decision.actor().account; }

  [[nodiscard]] store::PairDecision decided(std::string_view outcome, const std::string& reason) const {
    return {.account = account(), .outcome = std::string(outcome), .reason = reason, .at = m_now};
  }

  void trace(const model::Uuid& demande, const store::Sealed& wrapped) const {
    const store::SecretKey key = open_demande_key(m_registry.keys, demande, wrapped);
    queue_trace(m_transaction, m_decision, m_territory, &key, m_now);
  }

  [[nodiscard]] Renamed done(const NumeroUnique& asked) const {
    m_transaction.flush();
    return renamed(true, find(asked));
  }

  [[nodiscard]] Renamed done_before(const NumberedDemande& demande) const {
    trace(demande.id, demande.key);
    return renamed(false, demande);
  }

  [[nodiscard]] Renamed renamed(bool done, const NumberedDemande& demande) const {
    return {done, *NumeroUnique::parse(demande.numero), store::seniority(m_transaction, place(demande.id))};
  }

  const Registry& m_registry;
  const policy::Decision& m_decision;
  Transaction& m_transaction;
  const std::string& m_territory;
  model::Time m_now;
};

}  // namespace

bool moves_numeros(std::string_view event) noexcept {
  static constexpr std::array moving = {renumbering_event, merge_event, merged_event, split_event,
                                        restored_event};
  return std::ranges::find(moving, event) != moving.end();
}

std::vector<NumeroUnique> all_numeros(Transaction& transaction, const store::DemandeId& demande) {
  std::vector<NumeroUnique> numeros;
  for (const std::string& text : store::list_numeros(transaction, demande))
    numeros.push_back(*NumeroUnique::parse(text));
  return numeros;
}

tl::expected<Renamed, model::Faults> renumber_demande(const Registry& registry,
                                                      const policy::Decision& decision,
                                                      const NumeroUnique& old,
                                                      const std::optional<NumeroUnique>& wanted) {
  assert(decision.action() == policy::Action::renumber_demande);
  return attempt(registry, decision, [&](Transaction& transaction) {
    return Renaming(registry, decision, transaction).renumber(old, wanted);
  });
}

tl::expected<Renamed, model::Faults> merge_demandes(const Registry& registry,
                                                    const policy::Decision& decision,
                                                    const MergeOrder& order) {
  assert(decision.action() == policy::Action::merge_demandes);
  return attempt(registry, decision, [&](Transaction& transaction) {
    return Renaming(registry, decision, transaction).merge(order);
  });
}

tl::expected<Renamed, model::Faults> split_demande(const Registry& registry, const policy::Decision& decision,
                                                   const NumeroUnique& numero, const SplitOrder& order) {
  assert(decision.action() == policy::Action::split_demande);
  return attempt(registry, decision, [&](Transaction& transaction) {
    return Renaming(registry, decision, transaction).split(numero, order);
  });
}

}  // namespace passerelle::service
