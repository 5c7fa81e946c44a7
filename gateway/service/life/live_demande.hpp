// The use case of an act on the life of one demande: renewal, withdrawal, notice, lease, reactivation...
#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "gateway/model/numero_unique.hpp"
#include "gateway/policy/decision.hpp"
#include "gateway/service/life/life_rules.hpp"
#include "gateway/service/registry/register_demande.hpp"

namespace passerelle::service {

/// What someone says has happened.
struct LifeOrder {
  std::string event;                   ///< of the table: an act, not a step of a run
  std::optional<std::string> on = {};  ///< YYYY-MM-DD; nothing: today, where the territory is
  /// What it says beside its day: one line of JSON of the pivot.
  std::optional<model::Personal<std::string>> detail = {};
};

/// Where a demande stands.
struct LifeAnswer {
  model::NumeroUnique numero;  ///< the present one
  life::DemandeLife life;
  std::optional<life::Day> window_end;  ///< last day on which it may come back
  std::optional<life::DueStep> next;    ///< of the run of a day
};

/// The word of the tables of access that an event asks for; nothing when no person causes it so.
[[nodiscard]] std::optional<policy::Action> action_of(const LifeRules& rules, std::string_view event);

/// Lets it happen, with event, news for partners and trace. Refuses an event that no person causes, a day to
/// come or before the deposit, a state that the event does not leave, what its guards forbid, and a number
/// that leads to none. The decision is on that demande, for the action of the event.
[[nodiscard]] tl::expected<LifeAnswer, model::Faults> live_demande(const Registry& registry,
                                                                   const policy::Decision& decision,
                                                                   const LifeRules& rules,
                                                                   const model::NumeroUnique& numero,
                                                                   const LifeOrder& order);

/// An event that a partner has caused, and the message that tells it; both outlive it.
struct ToldEvent {
  const LifeOrder& order;
  const Message& message;
};

/// Lets what a message of a file tells happen, be it a step of the calendar of another; the same message
/// again gets the same answer. Refuses as `live_demande`. The decision is to import or, for what a person
/// causes, on that demande, for the action of the event.
[[nodiscard]] tl::expected<Registration, model::Faults> live_by_message(const Registry& registry,
                                                                        const policy::Decision& decision,
                                                                        const LifeRules& rules,
                                                                        const model::NumeroUnique& numero,
                                                                        const ToldEvent& told);

/// Where the demande of a number stands, with a trace. The decision is to read its history.
[[nodiscard]] tl::expected<LifeAnswer, model::Faults> show_life(const Registry& registry,
                                                                const policy::Decision& decision,
                                                                const LifeRules& rules,
                                                                const model::NumeroUnique& numero);

}  // namespace passerelle::service
