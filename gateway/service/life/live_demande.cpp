#include "gateway/service/life/live_demande.hpp"

#include <cassert>

#include "gateway/service/life/life_step.hpp"
#include "gateway/service/registry/refusal.hpp"

namespace passerelle::service {
namespace {

using life::Day;
using model::FaultCode;
using store::Transaction;

FaultCode code_of(life::LifeRefusal refusal) {
  switch (refusal) {
    case life::LifeRefusal::state: return FaultCode::life_state;
    case life::LifeRefusal::notice: return FaultCode::life_notice;
    case life::LifeRefusal::finding: return FaultCode::life_finding;
    case life::LifeRefusal::window: return FaultCode::life_window;
  }
  return FaultCode::life_state;
}

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
    const life::LifeEvent& event = *m_rules.table.find(order.event);
    const store::NumberedLife found = find(numero);
    const Day today = store::day_of(m_transaction, m_territory, m_now).value_or(Day{});
    const Day day = order.on ? read_day(*order.on) : today;
    if (day > today || day < found.demande.deposited_on) refuse(FaultCode::life_day, "date");
    const life::Parameters parameters = parameters_on(m_transaction, m_rules, m_territory, day);
    LivingSubject subject{found.demande.id, found.demande.version, found.demande.events,
                          life_of(found.demande.life)};
    const auto after = life::after_event({event, day, order.warns_of}, subject.life, parameters);
    if (!after) refuse(code_of(after.error()), "etat");
    const LifeScene scene{m_transaction, m_rules, parameters, m_territory, m_decision.actor().body, m_now};
    queue_step(scene, subject, event, *after, day);
    trace(found);
    return answer(found, subject.life, parameters);
  }

  LifeAnswer show(const model::NumeroUnique& numero) {
    const store::NumberedLife found = find(numero);
    const Day today = store::day_of(m_transaction, m_territory, m_now).value_or(Day{});
    trace(found);
    return answer(found, life_of(found.demande.life),
                  parameters_on(m_transaction, m_rules, m_territory, today));
  }

 private:
  [[nodiscard]] store::NumberedLife find(const model::NumeroUnique& numero) const {
    auto found = store::find_life(m_transaction, m_territory, std::string(numero.text().reveal()));
    if (!found || !is_about(m_decision, found->demande.id))
      refuse(FaultCode::registry_unknown, "numeroUnique");
    return std::move(*found);
  }

  static Day read_day(const std::string& text) {
    const auto day = life::parse_day(text);
    if (!day) refuse(FaultCode::life_day, "date");
    return *day;
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

tl::expected<LifeAnswer, model::Faults> show_life(const Registry& registry, const policy::Decision& decision,
                                                  const LifeRules& rules, const model::NumeroUnique& numero) {
  assert(decision.action() == policy::Action::list_events);
  return attempt(registry, decision, [&](Transaction& transaction) {
    return Living(registry, decision, rules, transaction).show(numero);
  });
}

}  // namespace passerelle::service
