#include "gateway/service/life/run_day.hpp"

#include <algorithm>
#include <cassert>
#include <chrono>

#include "gateway/service/life/event_detail.hpp"
#include "gateway/service/life/life_step.hpp"
#include "gateway/service/registry/erase.hpp"
#include "gateway/service/registry/refusal.hpp"
#include "gateway/store/cipher.hpp"
#include "gateway/store/day_run_table.hpp"
#include "gateway/store/detail_table.hpp"

namespace passerelle::service {
namespace {

using life::Day;
using life::Parameters;
using model::FaultCode;
using store::Transaction;

constexpr int page_size = 100;
/// Over how many days a usual day is reckoned.
constexpr int usual_days = 28;
constexpr std::string_view erasure_act = "fin de conservation";

const model::Uuid before_all{model::Uuid::Octets{}};

Day read_day(const std::string& text) {
  const auto day = life::parse_day(text);
  if (!day) refuse(FaultCode::life_day, "jour");
  return *day;
}

/// What a run does to one demande until nothing is due any more: each step with what follows it.
template <typename Take>
void for_each_due(const LifeRules& rules, const Parameters& parameters, Day day, life::DemandeLife life,
                  Take take) {
  while (const life::LifeEvent* const step = life::due_step(rules.table, life, parameters, day)) {
    life = life::after_event({*step, day}, life, parameters).value();
    take(*step, life);
  }
}

/// Steps that people would miss if a machine took them by mistake: an end of validity alone changes nothing.
bool is_bounded(const LifeRules& rules, const std::string& event) {
  const life::LifeEvent* const found = rules.table.find(event);
  return found != nullptr && (found->does(life::Effect::radiate) || found->does(life::Effect::remind) ||
                              found->does(life::Effect::lapse) || found->to == life::State::erased);
}

/// Beyond these a day is unusual.
StepCounts limits_of(Transaction& transaction, const LifeRules& rules, const Parameters& parameters,
                     const std::string& territory, Day day) {
  const auto usual = store::usual_steps(transaction, territory, day, usual_days);
  StepCounts limits;
  for (const life::LifeEvent& event : rules.table.events()) {
    if (!event.term || !is_bounded(rules, event.name)) continue;
    const auto found = usual.find(event.name);
    const std::int64_t mean = found == usual.end() ? 0 : found->second;
    const std::int64_t more = mean * parameters[life::Parameter::usual_day_percent] / 100;
    limits[event.name] = std::max<std::int64_t>(parameters[life::Parameter::usual_day_least], mean + more);
  }
  return limits;
}

/// One run, or the look ahead of one, in the one territory of a decision.
class Run {
 public:
  Run(const Registry& registry, const policy::Decision& decision, const LifeRules& rules)
      : m_registry(registry),
        m_decision(decision),
        m_rules(rules),
        m_territory(decision.territories().front()),
        m_now(registry.clock.now()) {
    assert(decision.action() == policy::Action::run_mass_effect && decision.territories().size() == 1);
  }

  /// What is due, without doing it. `proposed` stand over what was decided.
  DayReport look(const std::string& text, const std::map<std::string, std::string>& proposed) {
    return in_transaction_of(m_registry, m_decision, [&](Transaction& transaction) {
      DayReport report{.day = read_day(text), .steps = {}, .limits = {}, .unusual = {}, .states = {}};
      const Parameters parameters = settle(transaction, report.day, proposed);
      count_due(transaction, parameters, !proposed.empty(), report);
      queue_trace(transaction, m_decision, m_territory, nullptr, m_now);
      return report;
    });
  }

  /// Begins a run: refuses a day that is not to be run, and one that is unusual. Of a territory whose
  /// parameters have changed since the last run, every demande is planned again.
  DayReport begin(const std::string& text) {
    return in_transaction_of(m_registry, m_decision, [&](Transaction& transaction) {
      DayReport report{.day = read_day(text), .steps = {}, .limits = {}, .unusual = {}, .states = {}};
      const auto today = store::day_of(transaction, m_territory, m_now);
      const auto last = store::find_last_run(transaction, m_territory);
      if (!today || report.day > *today || (last && report.day < last->day))
        refuse(FaultCode::life_day, "jour");
      m_parameters = parameters_on(transaction, m_rules, m_territory, report.day);
      if (last && (last->undone || last->parameters != parameters_text(m_parameters))) {
        store::queue_plan_again(transaction, m_territory);
        transaction.flush();
      }
      count_due(transaction, m_parameters, false, report);
      if (!report.unusual.empty() && !is_approved()) refuse_unusual(report);
      store::queue_day_run(transaction, {.territory = m_territory,
                                         .id = m_run,
                                         .day = report.day,
                                         .ran_at = m_now,
                                         .account = m_decision.actor().account,
                                         .beyond = !report.unusual.empty(),
                                         .parameters = parameters_text(m_parameters)});
      queue_trace(transaction, m_decision, m_territory, nullptr, m_now);
      return report;
    });
  }

  /// Does it, page after page.
  void take_steps(DayReport& report, const store::ErasureJournal& journal) {
    m_journal = &journal;
    report.steps.clear();
    model::Uuid behind = before_all;
    for (bool more = true; more;) {
      const Page page = in_transaction_of(m_registry, m_decision, [&](Transaction& transaction) {
        return take_page(transaction, report.day, behind);
      });
      for (const auto& [event, count] : page.steps) report.steps[event] += count;
      behind = page.last;
      more = page.size == page_size;
    }
  }

  void finish(DayReport& report) {
    in_transaction_of(m_registry, m_decision, [&](Transaction& transaction) {
      store::queue_run_finished(transaction, m_territory, m_run, m_registry.clock.now());
      report.states = store::count_states(transaction, m_territory);
      return true;
    });
  }

 private:
  struct Page {
    StepCounts steps;
    model::Uuid last = before_all;
    int size = 0;
  };

  [[nodiscard]] Parameters settle(Transaction& transaction, Day day,
                                  const std::map<std::string, std::string>& proposed) const {
    auto values = store::list_parameters(transaction, m_territory, day);
    for (const auto& [name, value] : proposed) {
      if (!m_rules.catalogue.take(name, value).refusal.empty()) refuse(FaultCode::life_parameter, name);
      values[name] = value;
    }
    if (!wrong_parameters(m_rules, values).empty()) refuse(FaultCode::life_parameter, "parametres");
    Parameters parameters = parameters_on(transaction, m_rules, m_territory, day);
    for (const auto& [name, value] : proposed) {
      const auto reading = m_rules.catalogue.take(name, value);
      parameters.set(*reading.parameter, reading.value);
    }
    return parameters;
  }

  /// `every`: under other parameters anything may be due.
  void count_due(Transaction& transaction, const Parameters& parameters, bool every,
                 DayReport& report) const {
    model::Uuid behind = before_all;
    for (bool more = true; more;) {
      constexpr int many = 5000;
      const auto lives = every ? store::list_lives(transaction, m_territory, behind, many)
                               : store::list_due(transaction, m_territory, report.day, behind, many);
      for (const store::LivingDemande& one : lives)
        for_each_due(
            m_rules, parameters, report.day, life_of(one.life),
            [&](const life::LifeEvent& event, const life::DemandeLife&) { ++report.steps[event.name]; });
      more = lives.size() == many;
      if (more) behind = lives.back().id;
    }
    report.limits = limits_of(transaction, m_rules, parameters, m_territory, report.day);
    for (const auto& [event, limit] : report.limits) {
      const auto found = report.steps.find(event);
      if (found != report.steps.end() && found->second > limit) report.unusual.push_back(event);
    }
    report.states = store::count_states(transaction, m_territory);
  }

  [[nodiscard]] bool is_approved() const {
    return m_decision.request().access.ties.contains(policy::Tie::seconde_personne);
  }

  [[noreturn]] static void refuse_unusual(const DayReport& report) {
    model::Faults faults;
    for (const std::string& event : report.unusual)
      faults.push_back(model::make_fault(FaultCode::life_unusual, event));
    throw Refusal{std::move(faults)};
  }

  Page take_page(Transaction& transaction, Day day, const model::Uuid& behind) {
    Page page;
    const auto lives = store::list_due(transaction, m_territory, day, behind, page_size);
    page.size = static_cast<int>(lives.size());
    for (const store::LivingDemande& one : lives) {
      page.last = one.id;
      take(transaction, day, one, page.steps);
    }
    if (!page.steps.empty()) queue_trace(transaction, m_decision, m_territory, nullptr, m_now);
    return page;
  }

  /// Every step that is due for one demande; when there is none, it is planned.
  void take(Transaction& transaction, Day day, const store::LivingDemande& one, StepCounts& counts) {
    const LifeScene scene{transaction, m_rules,   m_parameters, m_territory, m_decision.actor().body,
                          m_now,       m_registry};
    LivingSubject subject{one.id, one.version, one.events, life_of(one.life)};
    const store::DemandeId demande{m_territory, one.id};
    bool taken = false;
    for_each_due(m_rules, m_parameters, day, subject.life,
                 [&](const life::LifeEvent& event, const life::DemandeLife& after) {
                   taken = true;
                   ++counts[event.name];
                   if (after.state == life::State::erased) return erase(transaction, demande, subject);
                   store::queue_day_step(transaction, demande, m_run, subject.events + 1, event.name);
                   const auto silence = life::first_silence(subject.life, m_parameters);
                   queue_step(scene, subject, event, after, day);
                   if (event.does(life::Effect::lapse)) note_silence(transaction, demande, *silence, subject);
                 });
    if (!taken) store::queue_due(transaction, demande, next_look(m_rules, subject.life, m_parameters));
  }

  /// The refusal says of which dwelling, as its offer did.
  void note_silence(Transaction& transaction, const store::DemandeId& demande, const life::Silence& silence,
                    const LivingSubject& subject) const {
    store::queue_offer_closed(transaction, demande, silence.offer.rank);
    const auto offer = store::find_detail_of(transaction, demande, silence.offer.rank);
    if (!offer) return;
    assert(m_registry.pivot != nullptr);
    const store::SecretKey key = open_demande_key(m_registry.keys, demande.id, offer->found.key);
    const auto opened = store::unseal(key, offer->found.sealed, detail_place(demande.id, silence.offer.rank));
    if (!opened) throw store::KeyFileError("le détail d'une offre ne s'ouvre pas avec la clé de sa demande");
    const auto refusal =
        detail_of_silence(*m_registry.pivot, model::Personal(std::string(store::text_of(*opened))));
    store::queue_detail(
        transaction, demande,
        {subject.events, offer->dwelling,
         store::seal(key, store::octets_of(refusal.reveal()), detail_place(demande.id, subject.events))});
  }

  void erase(Transaction& transaction, const store::DemandeId& demande, const LivingSubject& subject) const {
    erase_journaled(transaction, m_registry, m_decision, {demande, subject.version, subject.events + 1},
                    {std::string(erasure_act), *m_journal});
  }

  const Registry& m_registry;
  const policy::Decision& m_decision;
  const LifeRules& m_rules;
  const std::string& m_territory;
  model::Time m_now;
  model::Uuid m_run = store::make_uuid(m_now);
  Parameters m_parameters;
  const store::ErasureJournal* m_journal = nullptr;  // while steps are taken
};

}  // namespace

tl::expected<DayReport, model::Faults> preview_day(const Registry& registry, const policy::Decision& decision,
                                                   const LifeRules& rules, const std::string& day,
                                                   const std::map<std::string, std::string>& proposed) {
  return attempt_all(registry, decision, [&] { return Run(registry, decision, rules).look(day, proposed); });
}

tl::expected<DayReport, model::Faults> run_day(const Registry& registry, const policy::Decision& decision,
                                               const LifeRules& rules, const std::string& day,
                                               const store::ErasureJournal& journal) {
  return attempt_all(registry, decision, [&] {
    Run run(registry, decision, rules);
    DayReport report = run.begin(day);
    run.take_steps(report, journal);
    run.finish(report);
    return report;
  });
}

}  // namespace passerelle::service
