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
};

/// A demande as it is while events happen to it.
struct LivingSubject {
  model::Uuid id;
  int version;
  int events;
  life::DemandeLife life;
};

/// Writes that an event happened to a demande on a day, which is then `after`: event, news, ties, and when a
/// run looks at it next. The subject is brought up to date. Erasure is another's to do.
void queue_step(const LifeScene& scene, LivingSubject& subject, const life::LifeEvent& event,
                const life::DemandeLife& after, life::Day day);

}  // namespace passerelle::service
