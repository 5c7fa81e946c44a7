// A registry whose demandes live: days pass as a test says.
#pragma once

#include <gmock/gmock.h>

#include "gateway/service/life/live_demande.hpp"
#include "gateway/service/life/run_day.hpp"
#include "gateway/store/reference_table.hpp"
#include "tests/unit/service/registry/identified.hpp"

namespace passerelle::service {

class LivingTest : public Identified {
 protected:
  using Numero = model::NumeroUnique;

  LivingTest() {
    EXPECT_THAT(load(small_world), testing::IsEmpty());
    set_day("2026-01-15");
  }

  template <typename Work>
  auto in_063(Work work) {
    return store::in_transaction(m_pool, store::scope_of_063(), work);
  }
  /// A demande deposited on a day by a person of the letter.
  Numero file(char who, const std::string& day = "2026-01-15", std::string_view state = "active") {
    Filing filed = filing({person(who, who - '@')});
    filed.deposited_on = day;
    filed.state = state;
    return *send(filed, fmt::format("k-{}", who))->numero;
  }

  /// What is wrong with an event that the administrator lets happen; empty when it did.
  std::string happen(const std::string& event, const Numero& numero, const std::string& members = {},
                     std::optional<std::string> on = {}) {
    const auto wanted = action_of(life_rules(), event);
    if (!wanted) return "no act";
    const auto decision = authorize_on(m_registry, holder_of_keys(), *wanted, numero);
    if (!decision) return decision.error().rule();
    return code_of(live_demande(m_telling, *decision, life_rules(), numero, order(event, members, on)));
  }
  /// An event that says these members of a demande, or nothing.
  static LifeOrder order(const std::string& event, const std::string& members,
                         const std::optional<std::string>& on = {}) {
    LifeOrder order{.event = event, .on = on};
    if (!members.empty()) order.detail = model::Personal(fmt::format(R"({{"pivot":"1",{}}})", members));
    return order;
  }
  static constexpr const char* over_ceiling = R"("radiation":{"sousMotif":"ressourcesSuperieures"})";
  static constexpr const char* no_residence = R"("radiation":{"sousMotif":"irregulariteSejour"})";
  /// A desk ends a demande by the letter of its demandeur.
  std::string withdraw(const Numero& numero) {
    run_as_administrator(
        "INSERT INTO passerelle.demande_tie SELECT territory, demande_id, 'retrait-ecrit', NULL, "
        "NULL, '[2015-01-01,)', 'x' FROM passerelle.demande");
    const auto decision = authorize_on(m_registry, acting("bureau", "guichet", "enregistrement"),
                                       policy::Action::radiate_demande, numero);
    if (!decision) return decision.error().rule();
    return code_of(live_demande(m_registry, *decision, life_rules(), numero, {.event = "withdrawn"}));
  }
  life::DemandeLife life_of_numero(const Numero& numero) {
    const auto decision = *authorize_on(m_registry, holder_of_keys(), policy::Action::list_events, numero);
    return show_life(m_registry, decision, life_rules(), numero)->life;
  }
  policy::Decision running() const {
    return *authorize(m_registry, holder_of_keys(), policy::Action::run_mass_effect, {"063"});
  }
  /// Runs the calendar at the beginning of a day.
  tl::expected<DayReport, model::Faults> run(const std::string& day) {
    set_day(day, std::chrono::hours(3));
    return run_day(m_registry, running(), life_rules(), day, m_erasures);
  }
  /// The same registry, which knows the pivot.
  Registry m_telling{m_pool, m_numeros, m_keys, m_clock, m_engine, &shape()};

  template <typename Answer>
  static std::string code_of(const Answer& answer) {
    return answer ? "" : std::string(model::catalogue_entry(answer.error().at(0).code).code);
  }
  std::vector<std::string> kinds_of(const Numero& numero) {
    const auto events = in_063([&](store::Transaction& transaction) {
      return store::list_events(transaction, "063", std::string(numero.text().reveal()));
    });
    std::vector<std::string> kinds;
    for (const store::Event& event : events)
      kinds.push_back(fmt::format("{} {}", event.kind, event.state.value_or("-")));
    return kinds;
  }
};

}  // namespace passerelle::service
