#include "gateway/service/life/life_step.hpp"

#include "gateway/service/registry/refusal.hpp"
#include "gateway/service/reports/leave_facts.hpp"
#include "gateway/store/evidence_table.hpp"
#include "gateway/store/exchange_table.hpp"
#include "gateway/store/relation_table.hpp"

namespace passerelle::service {
namespace {

namespace words = life::words;

/// A desk may bring a demande back while its window is open (tie `delai` of mappings/access).
void queue_window(const LifeScene& scene, const LivingSubject& subject, life::Day day) {
  const auto last = life::window_end(subject.life, scene.parameters);
  if (!last || *last < day) return;
  store::queue_demande_tie(scene.transaction,
                           {.demande = {scene.territory, subject.id},
                            .tie = "delai",
                            .body = {},
                            .account = {},
                            .span = {life::day_text(day), life::day_text(*last + std::chrono::days(1)),
                                     "fenêtre de réactivation"}});
}

model::FaultCode code_of(life::LifeRefusal refusal) {
  switch (refusal) {
    case life::LifeRefusal::state: return model::FaultCode::life_state;
    case life::LifeRefusal::notice: return model::FaultCode::life_notice;
    case life::LifeRefusal::finding: return model::FaultCode::life_finding;
    case life::LifeRefusal::window: return model::FaultCode::life_window;
  }
  return model::FaultCode::life_state;
}

/// What people cause may have come with another version; the calendar and what ends a demande look at none.
ReportedEvent reported(const life::LifeEvent& event, const life::DemandeLife& after) {
  const bool radiates = event.does(life::Effect::radiate);
  ReportedEvent happened{.kind = event.name,
                         .in_stock = is_in_stock(words::name(words::stored_states, after.state))};
  if (radiates && event.motive) happened.motive = std::string(words::name(words::motives, *event.motive));
  if (!radiates && !event.term) happened.bands_of = life::day_text(after.valid_from);
  return happened;
}

}  // namespace

life::Day day_of_event(const Here& here, const std::optional<std::string>& said, life::Day deposited_on) {
  const life::Day today = store::day_of(here.transaction, here.territory, here.now).value_or(life::Day{});
  const auto day = said ? life::parse_day(*said) : today;
  if (!day || *day > today || *day < deposited_on) refuse(model::FaultCode::life_day, "date");
  return *day;
}

life::DemandeLife live_through(const life::Happening& happening, const life::DemandeLife& life,
                               const life::Parameters& parameters) {
  auto after = life::after_event(happening, life, parameters);
  if (!after) refuse(code_of(after.error()), "etat");
  return std::move(*after);
}

void queue_step(const LifeScene& scene, LivingSubject& subject, const life::LifeEvent& event,
                const life::DemandeLife& after, life::Day day) {
  const store::DemandeId demande{scene.territory, subject.id};
  const int rank = ++subject.events;
  subject.life = after;
  // INVARIANT: the event first, as in every use case; its rank keeps apart what happens at the same time.
  store::Event happened{.territory = scene.territory,
                        .demande = subject.id,
                        .rank = rank,
                        .kind = event.name,
                        .happened_on = life::day_text(day),
                        .recorded_at = scene.now,
                        .body = scene.body,
                        .version = subject.version};
  happened.state = std::string(words::name(words::stored_states, after.shown_state()));
  if (event.motive) happened.motive = std::string(words::name(words::motives, *event.motive));
  store::queue_event(scene.transaction, happened);
  store::queue_news(scene.transaction, happened);
  leave_facts(scene.registry, scene.transaction, demande, reported(event, after));
  if (event.does(life::Effect::radiate)) queue_window(scene, subject, day);
  if (event.does(life::Effect::shut)) store::queue_nir_erasure(scene.transaction, demande);
  if (event.does(life::Effect::revive)) store::queue_offer_closed(scene.transaction, demande);
  store::queue_life(scene.transaction, demande, row_of(after),
                    next_look(scene.rules, after, scene.parameters));
}

}  // namespace passerelle::service
