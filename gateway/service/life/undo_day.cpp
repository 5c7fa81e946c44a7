// How the radiations of a run are taken back.
#include <cassert>
#include <fmt/format.h>

#include "gateway/service/life/run_day.hpp"
#include "gateway/service/registry/refusal.hpp"
#include "gateway/service/reports/leave_facts.hpp"
#include "gateway/store/day_run_table.hpp"
#include "gateway/store/evidence_table.hpp"
#include "gateway/store/exchange_table.hpp"

namespace passerelle::service {
namespace {

using model::FaultCode;
using store::Transaction;

constexpr int page_size = 100;

/// The steps of a run that can be taken back: radiations. A silence that was noted stays a refusal, as what
/// has left has left.
std::vector<std::string> radiations(const LifeRules& rules) {
  std::vector<std::string> names;
  for (const life::LifeEvent& event : rules.table.events()) {
    if (event.term && event.does(life::Effect::radiate)) names.push_back(event.name);
  }
  return names;
}

struct UndonePage {
  UndoneDay counted;
  model::Uuid last{model::Uuid::Octets{}};
  std::size_t size = 0;
};

/// One run being undone.
class Undoing {
 public:
  Undoing(const Registry& registry, const policy::Decision& decision, const LifeRules& rules)
      : m_registry(registry),
        m_decision(decision),
        m_rules(rules),
        m_territory(decision.territories().front()),
        m_now(registry.clock.now()) {}

  /// The run of a day, which was not undone.
  model::Uuid find(Transaction& transaction, const std::string& text) const {
    const auto day = life::parse_day(text);
    if (!day) refuse(FaultCode::life_day, "jour");
    const auto run = store::find_run_of(transaction, m_territory, *day);
    if (!run || run->undone) refuse(FaultCode::life_run, "jour");
    return run->id;
  }

  /// Once all of it is undone: what was interrupted is begun again by the same command.
  bool finish(Transaction& transaction, const model::Uuid& run) const {
    if (!store::note_undone(transaction, m_territory, run, m_decision.actor().account, m_now))
      refuse(FaultCode::life_run, "jour");
    queue_trace(transaction, m_decision, m_territory, nullptr, m_now);
    return true;
  }

  UndonePage undo_page(Transaction& transaction, const model::Uuid& run, const model::Uuid& behind) const {
    UndonePage page;
    const auto steps =
        store::list_undoable(transaction, {m_territory, run}, radiations(m_rules), behind, page_size);
    page.size = steps.size();
    for (const store::UndoableStep& step : steps) {
      page.last = step.demande.id;
      ++(step.untouched ? page.counted.undone : page.counted.touched_since);
      if (step.untouched) undo(transaction, step);
    }
    return page;
  }

 private:
  /// It stands where it stood, and the next run plans it by the parameters of that day.
  void undo(Transaction& transaction, const store::UndoableStep& step) const {
    const store::Event event{.territory = m_territory,
                             .demande = step.demande.id,
                             .rank = step.demande.events + 1,
                             .kind = std::string(undone_event),
                             .happened_on = {},
                             .recorded_at = m_now,
                             .body = m_decision.actor().body,
                             .version = step.demande.version,
                             .state = step.before.state,
                             .motive = "annulation"};
    store::queue_event(transaction, event);
    store::queue_news(transaction, event);
    const store::DemandeId demande{m_territory, step.demande.id};
    leave_facts(m_registry, transaction, demande,
                {.kind = std::string(undone_event),
                 .in_stock = is_in_stock(step.before.state),
                 .motive = step.demande.life.motive});
    store::queue_restored_life(transaction, demande, step.before);
  }

  const Registry& m_registry;
  const policy::Decision& m_decision;
  const LifeRules& m_rules;
  const std::string& m_territory;
  model::Time m_now;
};

}  // namespace

tl::expected<UndoneDay, model::Faults> undo_day(const Registry& registry, const policy::Decision& decision,
                                                const LifeRules& rules, const std::string& day) {
  assert(decision.action() == policy::Action::run_mass_effect && decision.territories().size() == 1);
  const Undoing undoing(registry, decision, rules);
  const auto run =
      attempt(registry, decision, [&](Transaction& transaction) { return undoing.find(transaction, day); });
  if (!run) return tl::unexpected(run.error());
  UndoneDay undone;
  UndonePage page{.size = page_size};
  while (page.size == page_size) {
    page = in_transaction_of(registry, decision, [&](Transaction& transaction) {
      return undoing.undo_page(transaction, *run, page.last);
    });
    undone.undone += page.counted.undone;
    undone.touched_since += page.counted.touched_since;
  }
  const auto finished = attempt(registry, decision,
                                [&](Transaction& transaction) { return undoing.finish(transaction, *run); });
  if (!finished) return tl::unexpected(finished.error());
  return undone;
}

}  // namespace passerelle::service
