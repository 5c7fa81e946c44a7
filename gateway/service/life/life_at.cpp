#include "gateway/service/life/life_at.hpp"

#include <cassert>

#include "gateway/service/access/pivot_text.hpp"
#include "gateway/service/registry/refusal.hpp"
#include "gateway/store/reference_table.hpp"

namespace passerelle::service {
namespace {

namespace words = life::words;

using life::Day;
using model::FaultCode;
using store::Transaction;

constexpr std::string_view renewal_path = "dateDernierRenouvellement";

Day read_day(const std::string& text) {
  const auto day = life::parse_day(text);
  if (!day) refuse(FaultCode::life_day, "date");
  return *day;
}

/// The history of one demande as far as a day and what was known of it.
class Past {
 public:
  Past(const LifeRules& rules, Day deposited_on, Day valid_from)
      : m_rules(rules), m_deposited_on(deposited_on), m_valid_from(valid_from), m_since(deposited_on) {}

  /// Events come in the order in which they were entered.
  void take(const store::Event& event, Day day) {
    const Day happened = event.rank == 1 ? m_deposited_on : read_day(event.happened_on.value());
    if (happened > day) return;
    const life::LifeEvent* const line = m_rules.table.find(event.kind);
    const bool moves = event.rank == 1 || line == nullptr || line->changes_state();
    if (line != nullptr && line->does(life::Effect::validate)) m_valid_from = happened;
    if (!moves || !event.state) return;
    m_state = words::parse(words::stored_states, *event.state);
    m_motive = m_state == life::State::radiated ? event.motive : std::nullopt;
    m_since = happened;
  }

  [[nodiscard]] const std::optional<life::State>& state() const noexcept { return m_state; }
  [[nodiscard]] const std::optional<std::string>& motive() const noexcept { return m_motive; }
  [[nodiscard]] Day since() const noexcept { return m_since; }
  [[nodiscard]] Day valid_from() const noexcept { return m_valid_from; }

 private:
  const LifeRules& m_rules;
  Day m_deposited_on;
  Day m_valid_from;
  Day m_since;
  std::optional<life::State> m_state;
  std::optional<std::string> m_motive;
};

/// One demande looked at inside one transaction of a decision.
class LookBack {
 public:
  LookBack(const Registry& registry, const policy::Decision& decision, const LifeRules& rules,
           Transaction& transaction)
      : m_registry(registry),
        m_decision(decision),
        m_rules(rules),
        m_transaction(transaction),
        m_territory(decision.territories().front()),
        m_now(registry.clock.now()) {}

  [[nodiscard]] PastLife at(const model::NumeroUnique& numero, const PastDay& asked) const {
    const auto found = store::find_life(m_transaction, m_territory, std::string(numero.text().reveal()));
    if (!found || !is_about(m_decision, found->demande.id))
      refuse(FaultCode::registry_unknown, "numeroUnique");
    const store::SecretKey key = open_demande_key(m_registry.keys, found->demande.id, found->key);
    queue_trace(m_transaction, m_decision, m_territory, &key, m_now);
    const Day day = read_day(asked.day);
    const Day today = store::day_of(m_transaction, m_territory, m_now).value_or(Day{});
    if (day > today || day < found->demande.deposited_on) refuse(FaultCode::life_day, "date");
    const Past past = history(*found, day, known_by(asked));
    if (!past.state()) refuse(FaultCode::registry_unknown, "numeroUnique");
    const life::Parameters parameters = parameters_on(m_transaction, m_rules, m_territory, day);
    const Day until = life::plus_months(past.valid_from(), parameters[life::Parameter::validity_months]);
    const bool told = !m_decision.hidden().contains(policy::FieldClass::radiation);
    return {*model::NumeroUnique::parse(found->numero), *past.state(), past.since(), past.valid_from(), until,
            told ? past.motive() : std::nullopt};
  }

 private:
  [[nodiscard]] model::Time known_by(const PastDay& asked) const {
    if (!asked.known) return m_now;
    const std::string day = life::day_text(read_day(*asked.known));
    return store::end_of_day(m_transaction, m_territory, day).value_or(m_now);
  }

  [[nodiscard]] Past history(const store::NumberedLife& found, Day day, model::Time known) const {
    Past past(m_rules, found.demande.deposited_on, first_validity(found));
    for (const store::Event& event : store::list_events(m_transaction, m_territory, found.numero)) {
      if (event.recorded_at <= known) past.take(event, day);
    }
    return past;
  }

  /// The renewal that a demande told when it was registered; without one, its deposit.
  [[nodiscard]] Day first_validity(const store::NumberedLife& found) const {
    const auto first = store::find_numbered_version(m_transaction, m_territory, found.numero, 1);
    if (!first || m_registry.pivot == nullptr) return found.demande.deposited_on;
    const VersionText text = open_version(open_demande_key(m_registry.keys, first->id, first->key), *first);
    PivotText pivot(*m_registry.pivot);
    const codec::Record& demande = pivot.read(text.pivot.reveal());
    const codec::NodeId node = demande.shape().child(demande.root_node(), renewal_path);
    return life::parse_day(demande.value(demande.root(), node).reveal()).value_or(found.demande.deposited_on);
  }

  const Registry& m_registry;
  const policy::Decision& m_decision;
  const LifeRules& m_rules;
  Transaction& m_transaction;
  const std::string& m_territory;
  model::Time m_now;
};

}  // namespace

tl::expected<PastLife, model::Faults> life_at(const Registry& registry, const policy::Decision& decision,
                                              const LifeRules& rules, const model::NumeroUnique& numero,
                                              const PastDay& asked) {
  assert(decision.action() == policy::Action::read_past);
  return attempt(registry, decision, [&](Transaction& transaction) {
    return LookBack(registry, decision, rules, transaction).at(numero, asked);
  });
}

}  // namespace passerelle::service
