// One event of the life of one demande, written: where it stands, the history, news for partners, what opens
// to people from then on.
#pragma once

#include "gateway/service/life/life_rules.hpp"
#include "gateway/service/registry/registry.hpp"

namespace passerelle::service {

/// Where and when events happen, and by whom they are told.
struct LifeScene {
  store::Transaction& transaction;
  const LifeRules& rules;
  const life::Parameters& parameters;
  std::string territory;
  std::string body;  ///< the legal body that causes them
  model::Time now;
  const Registry& registry;
};

/// A demande as it is while events happen to it.
struct LivingSubject {
  model::Uuid id{model::Uuid::Octets{}};
  int version = 0;
  int events = 0;
  life::DemandeLife life;
};

/// A territory at a moment.
struct Here {
  store::Transaction& transaction;
  const std::string& territory;
  model::Time now;
};
/// The day on which someone says that something happened to a demande (YYYY-MM-DD; nothing: today). Refuses
/// one to come, or before the deposit.
[[nodiscard]] life::Day day_of_event(const Here& here, const std::optional<std::string>& said,
                                     life::Day deposited_on);
/// What the life is after an event. Refuses what the table does not let happen.
[[nodiscard]] life::DemandeLife live_through(const life::Happening& happening, const life::DemandeLife& life,
                                             const life::Parameters& parameters);

/// Writes that an event happened to a demande on a day, which is then `after`: event, news, facts, ties, and
/// when a run looks at it next. A version that the event made is written before. The subject is brought up to
/// date. Erasure is another's to do.
void queue_step(const LifeScene& scene, LivingSubject& subject, const life::LifeEvent& event,
                const life::DemandeLife& after, life::Day day);

}  // namespace passerelle::service
