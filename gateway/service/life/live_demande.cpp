#include "gateway/service/life/live_demande.hpp"

#include <cassert>

#include "gateway/service/life/event_detail.hpp"
#include "gateway/service/life/life_step.hpp"
#include "gateway/service/registry/receive_message.hpp"
#include "gateway/service/registry/refusal.hpp"
#include "gateway/service/reports/draw_targets.hpp"
#include "gateway/store/cipher.hpp"
#include "gateway/store/detail_table.hpp"

namespace passerelle::service {
namespace {

using life::Day;
using model::FaultCode;
using store::Transaction;

/// One demande inside one transaction of a decision.
class Living {
 public:
  Living(const Registry& registry, const policy::Decision& decision, const LifeRules& rules,
         Transaction& transaction)
      : m_registry(registry),
        m_decision(decision),
        m_rules(rules),
        m_transaction(transaction),
        m_territory(decision.territories().front()),
        m_now(registry.clock.now()) {}

  LifeAnswer happen(const model::NumeroUnique& numero, const LifeOrder& order) {
    const store::NumberedLife found = find(numero);
    LifeAnswer answer = happen(found, order);
    trace(found);
    return answer;
  }

  /// The same as a message tells it, which is kept with its answer.
  Registration happen(const model::NumeroUnique& numero, const LifeOrder& order, const Message& message) {
    const store::KeyedMessage keyed = keyed_message(m_registry, m_decision, message, m_now);
    const Answers answers(m_registry, m_decision);
    store::queue_claim(m_transaction, keyed);
    if (!store::was_claimed(m_transaction.flush().back())) return answers.repeat(m_transaction, keyed);
    const store::NumberedLife found = find(numero);
    const Registration answer{Registered::changed, happen(found, order).numero};
    const model::Uuid& id = found.demande.id;
    store::queue_message(m_transaction, raw_message(m_registry, m_decision, message, id, m_now));
    answers.keep(m_transaction, keyed, id, open_demande_key(m_registry.keys, id, found.key), answer);
    return answer;
  }

  LifeAnswer show(const model::NumeroUnique& numero) {
    const store::NumberedLife found = find(numero);
    const Day today = store::day_of(m_transaction, m_territory, m_now).value_or(Day{});
    trace(found);
    return answer(found, life_of(found.demande.life),
                  parameters_on(m_transaction, m_rules, m_territory, today));
  }

 private:
  LifeAnswer happen(const store::NumberedLife& found, const LifeOrder& order) {
    const life::LifeEvent& event = *m_rules.table.find(order.event);
    const Day day = day_of_event({m_transaction, m_territory, m_now}, order.on, found.demande.deposited_on);
    const life::Parameters parameters = parameters_on(m_transaction, m_rules, m_territory, day);
    LivingSubject subject{found.demande.id, found.demande.version, found.demande.events,
                          life_of(found.demande.life)};
    const auto detail = detail_of(event, order);
    const auto offer = offer_of(event, subject, detail, day);
    const life::DemandeLife after = live_through({event, day, offer}, subject.life, parameters);
    if (event.asks_for(life::Guard::candidates)) check_candidates(found.demande.id, *detail);
    const LifeScene scene{m_transaction,           m_rules, parameters, m_territory,
                          m_decision.actor().body, m_now,   m_registry};
    // Before it ends: who signs the lease may not read the demande afterwards.
    if (detail && event.does(life::Effect::radiate) && event.motive == life::Motive::lease)
      leave_lease_fact(m_registry, m_transaction, {{m_territory, found.demande.id}, detail->pivot, day});
    queue_step(scene, subject, event, after, day);
    if (detail) keep(found, subject.events, *detail);
    if (offer) keep(event, found.demande.id, *offer, *detail);
    return answer(found, subject.life, parameters);
  }

  [[nodiscard]] std::optional<EventDetail> detail_of(const life::LifeEvent& event,
                                                     const LifeOrder& order) const {
    if (!order.detail && !m_rules.details.is_needed(event.name)) return std::nullopt;
    assert(m_registry.pivot != nullptr);
    return read_detail(*m_registry.pivot, m_rules.details, event.name, order.detail);
  }

  /// The offer that an event makes, or that it answers: the one of its dwelling that waits.
  [[nodiscard]] std::optional<life::Offer> offer_of(const life::LifeEvent& event,
                                                    const LivingSubject& subject,
                                                    const std::optional<EventDetail>& detail, Day day) const {
    if (event.does(life::Effect::offer)) return life::Offer{subject.events + 1, day, detail->answer_by};
    if (!event.does(life::Effect::settle) || !detail->dwelling) return std::nullopt;
    const auto rank = store::find_offer(m_transaction, {m_territory, subject.id},
                                        dwelling_mac(m_registry, *detail->dwelling));
    if (!rank) return std::nullopt;
    return life::Offer{.rank = *rank};
  }

  void keep(const life::LifeEvent& event, const model::Uuid& id, const life::Offer& offer,
            const EventDetail& detail) const {
    if (event.does(life::Effect::settle))
      return store::queue_offer_closed(m_transaction, {m_territory, id}, offer.rank);
    std::optional<store::Bytes> dwelling;
    if (detail.dwelling) dwelling = dwelling_mac(m_registry, *detail.dwelling);
    store::queue_offer(m_transaction, {m_territory, id}, {offer.rank, offer.made_on, offer.answer_by},
                       dwelling);
  }

  /// A commission looks at three demandes at least for a dwelling, or says why not (CCH R441-3).
  void check_candidates(const model::Uuid& demande, const EventDetail& detail) const {
    constexpr std::int64_t least = 3;
    if (detail.excepted || !detail.dwelling) return;
    store::queue_taken_in_hand(m_transaction, {m_territory, demande});
    if (store::count_candidates(m_transaction, m_territory, dwelling_mac(m_registry, *detail.dwelling)) <
        least)
      refuse(FaultCode::life_candidates, "candidatures");
  }

  void keep(const store::NumberedLife& found, int rank, const EventDetail& detail) const {
    const model::Uuid& id = found.demande.id;
    const store::SecretKey key = open_demande_key(m_registry.keys, id, found.key);
    store::NewDetail kept{
        .rank = rank,
        .dwelling = {},
        .sealed = store::seal(key, store::octets_of(detail.pivot.reveal()), detail_place(id, rank))};
    if (detail.dwelling) kept.dwelling = dwelling_mac(m_registry, *detail.dwelling);
    store::queue_detail(m_transaction, {m_territory, id}, kept);
  }

  [[nodiscard]] store::NumberedLife find(const model::NumeroUnique& numero) const {
    auto found = store::find_life(m_transaction, m_territory, std::string(numero.text().reveal()));
    if (!found || !is_about(m_decision, found->demande.id))
      refuse(FaultCode::registry_unknown, "numeroUnique");
    return std::move(*found);
  }

  void trace(const store::NumberedLife& found) const {
    const store::SecretKey key = open_demande_key(m_registry.keys, found.demande.id, found.key);
    queue_trace(m_transaction, m_decision, m_territory, &key, m_now);
  }

  [[nodiscard]] LifeAnswer answer(const store::NumberedLife& found, const life::DemandeLife& life,
                                  const life::Parameters& parameters) const {
    return {*model::NumeroUnique::parse(found.numero), life, life::window_end(life, parameters),
            life::next_step(m_rules.table, life, parameters)};
  }

  const Registry& m_registry;
  const policy::Decision& m_decision;
  const LifeRules& m_rules;
  Transaction& m_transaction;
  const std::string& m_territory;
  model::Time m_now;
};

}  // namespace

std::optional<policy::Action> action_of(const LifeRules& rules, std::string_view event) {
  const life::LifeEvent* const found = rules.table.find(event);
  // What begins a demande, and what moves numbers, are use cases of their own.
  if (found == nullptr || found->from.empty() || found->term || found->to == life::State::merged ||
      found->leaves(life::State::merged))
    return std::nullopt;
  return policy::parse_word<policy::Action>(found->action);
}

tl::expected<LifeAnswer, model::Faults> live_demande(const Registry& registry,
                                                     const policy::Decision& decision, const LifeRules& rules,
                                                     const model::NumeroUnique& numero,
                                                     const LifeOrder& order) {
  assert(action_of(rules, order.event) == decision.action());
  return attempt(registry, decision, [&](Transaction& transaction) {
    return Living(registry, decision, rules, transaction).happen(numero, order);
  });
}

tl::expected<Registration, model::Faults> live_by_message(const Registry& registry,
                                                          const policy::Decision& decision,
                                                          const LifeRules& rules,
                                                          const model::NumeroUnique& numero,
                                                          const ToldEvent& told) {
  assert(decision.action() == policy::Action::import_file ||
         decision.action() == action_of(rules, told.order.event));
  return attempt(registry, decision, [&](Transaction& transaction) {
    return Living(registry, decision, rules, transaction).happen(numero, told.order, told.message);
  });
}

tl::expected<LifeAnswer, model::Faults> show_life(const Registry& registry, const policy::Decision& decision,
                                                  const LifeRules& rules, const model::NumeroUnique& numero) {
  assert(decision.action() == policy::Action::list_events);
  return attempt(registry, decision, [&](Transaction& transaction) {
    return Living(registry, decision, rules, transaction).show(numero);
  });
}

}  // namespace passerelle::service
