#include "gateway/life/demande_life.hpp"

#include <algorithm>
#include <cassert>

namespace passerelle::life {
namespace {

using P = Parameter;

/// The day on which the preavis must have reached the demandeur, counted back from the end of validity.
Day preavis_reached_by(const DemandeLife& life, const Parameters& p) {
  return plus_months(plus_months(life.valid_from, p[P::validity_months]), -p[P::preavis_months]);
}

/// Not before the term, nor before the preavis has left enough time (CCH R441-2-7, R441-2-8 e).
std::optional<Day> renewal_end(const DemandeLife& life, const Parameters& p) {
  if (!life.preavis_on) return std::nullopt;
  const Day reached = *life.preavis_on + std::chrono::days(p[P::preavis_lead_days]);
  return std::max(after_months(life.valid_from, p[P::unrenewed_radiation_months]),
                  after_months(reached, p[P::preavis_months]));
}

std::optional<Day> notice_end(const DemandeLife& life, bool unanswered, int months) {
  if (!life.notice || !life.notice->served_on) return std::nullopt;
  if ((life.notice->kind == NoticeKind::no_answer) != unanswered) return std::nullopt;
  return after_months(*life.notice->served_on, months);
}

/// When the window is behind: at once, where there is none.
std::optional<Day> window_shuts(const DemandeLife& life, const Parameters& p) {
  if (life.shut || !life.radiated_on) return std::nullopt;
  const auto end = window_end(life, p);
  return end ? *end + std::chrono::days(1) : *life.radiated_on;
}

/// The first day on which a step is due; nothing when it will not be, as things are.
std::optional<Day> due_day(Term term, const DemandeLife& life, const Parameters& p) {
  switch (term) {
    case Term::preavis_day:
      if (life.preavis_on) return std::nullopt;
      return preavis_reached_by(life, p) - std::chrono::days(p[P::preavis_lead_days]);
    case Term::validity_end: return after_months(life.valid_from, p[P::validity_months]);
    case Term::unanswered_end: return notice_end(life, true, p[P::unanswered_radiation_months]);
    case Term::inadmissible_end: return notice_end(life, false, p[P::inadmissible_radiation_months]);
    case Term::renewal_end: return renewal_end(life, p);
    case Term::window_end: return window_shuts(life, p);
    case Term::keeping_end:
      if (!life.radiated_on) return std::nullopt;
      return after_months(*life.radiated_on, p[P::erasure_months]);
    case Term::offer_end: {
      const auto silence = first_silence(life, p);
      return silence ? std::optional(silence->day) : std::nullopt;
    }
  }
  return std::nullopt;
}

/// Why a guard does not let an event happen; nothing when it does.
std::optional<LifeRefusal> refusal_of(Guard guard, const DemandeLife& life, const Parameters& p, Day day) {
  const auto unless = [](bool holds, LifeRefusal why) {
    return holds ? std::nullopt : std::optional<LifeRefusal>(why);
  };
  switch (guard) {
    case Guard::no_notice: return unless(!life.notice, LifeRefusal::notice);
    case Guard::notice: return unless(life.notice.has_value(), LifeRefusal::notice);
    case Guard::unserved_notice: return unless(life.notice && !life.notice->served_on, LifeRefusal::notice);
    case Guard::inadmissible: return unless(life.inadmissible_on.has_value(), LifeRefusal::finding);
    case Guard::window: {
      const auto end = life.shut ? std::nullopt : window_end(life, p);
      return unless(end && day <= *end, LifeRefusal::window);
    }
    case Guard::candidates: return std::nullopt;
  }
  return std::nullopt;
}

void radiate(DemandeLife& life, const LifeEvent& event, Day day) {
  life.radiated_on = day;
  life.motive = event.motive;
  life.notice.reset();
  life.shut = false;
}

/// What led to the radiation is over: it begins as one that was just renewed.
void revive(DemandeLife& life) {
  life.radiated_on.reset();
  life.motive.reset();
  life.inadmissible_on.reset();
  life.shut = false;
  life.offers.clear();  // what was offered before is not offered any more
}

/// An offer that waits no more.
void close_offer(DemandeLife& life, const std::optional<Offer>& answered) {
  if (answered) std::erase_if(life.offers, [&](const Offer& one) { return one.rank == answered->rank; });
}

void take_effect(Effect effect, const Happening& happening, DemandeLife& life, const Parameters& parameters) {
  const Day day = happening.day;
  switch (effect) {
    case Effect::validate:
      life.valid_from = day;
      life.preavis_on.reset();
      return;
    case Effect::answer:
      if (life.notice && life.notice->kind == NoticeKind::no_answer) life.notice.reset();
      return;
    case Effect::warn: life.notice = Notice{*happening.event.notice, day}; return;
    case Effect::serve: life.notice->served_on = day; return;
    case Effect::close: life.notice.reset(); return;
    case Effect::establish: life.inadmissible_on = day; return;
    case Effect::radiate: radiate(life, happening.event, day); return;
    case Effect::revive: revive(life); return;
    case Effect::shut: life.shut = true; return;
    case Effect::freeze: life.frozen_on = day; return;
    case Effect::thaw: life.frozen_on.reset(); return;
    case Effect::remind: life.preavis_on = day; return;
    case Effect::offer: life.offers.push_back(happening.offer.value()); return;
    case Effect::settle: close_offer(life, happening.offer); return;
    case Effect::lapse:
      if (const auto silence = first_silence(life, parameters)) close_offer(life, silence->offer);
      return;
  }
}

}  // namespace

tl::expected<DemandeLife, LifeRefusal> after_event(const Happening& happening, DemandeLife life,
                                                   const Parameters& parameters) {
  const LifeEvent& event = happening.event;
  assert(!event.from.empty());
  if (!event.leaves(life.shown_state())) return tl::unexpected(LifeRefusal::state);
  for (const Guard guard : event.guards) {
    if (const auto refusal = refusal_of(guard, life, parameters, happening.day))
      return tl::unexpected(*refusal);
  }
  for (const Effect effect : event.effects) take_effect(effect, happening, life, parameters);
  if (event.to) life.state = *event.to;
  return life;
}

std::optional<Silence> first_silence(const DemandeLife& life, const Parameters& parameters) {
  std::optional<Silence> first;
  for (const Offer& offer : life.offers) {
    const Day by_law = offer.made_on + std::chrono::days(parameters[P::offer_days]);
    const Day noted = std::max(by_law, offer.answer_by.value_or(by_law)) + std::chrono::days(1);
    if (!first || noted < first->day) first = Silence{offer, noted};
  }
  return first;
}

std::optional<Day> window_end(const DemandeLife& life, const Parameters& parameters) {
  if (!life.radiated_on || !life.motive) return std::nullopt;
  if (*life.motive == Motive::not_renewed)
    return plus_months(life.valid_from, parameters[P::unrenewed_window_months]);
  if (*life.motive == Motive::no_answer)
    return plus_months(*life.radiated_on, parameters[P::unanswered_window_months]);
  return std::nullopt;
}

const LifeEvent* due_step(const LifeTable& table, const DemandeLife& life, const Parameters& parameters,
                          Day day) {
  const auto found = std::ranges::find_if(table.events(), [&](const LifeEvent& event) {
    if (!event.term || !event.leaves(life.shown_state())) return false;
    const auto due = due_day(*event.term, life, parameters);
    return due && *due <= day;
  });
  return found == table.events().end() ? nullptr : &*found;
}

std::optional<DueStep> next_step(const LifeTable& table, const DemandeLife& life,
                                 const Parameters& parameters) {
  std::optional<DueStep> next;
  for (const LifeEvent& event : table.events()) {
    if (!event.term || !event.leaves(life.shown_state())) continue;
    const auto day = due_day(*event.term, life, parameters);
    if (day && (!next || *day < next->day)) next = DueStep{&event, *day};
  }
  return next;
}

}  // namespace passerelle::life
