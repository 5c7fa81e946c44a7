// The use case that says where a demande stood on a past day, in legal time, and what was known of it when.
#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "gateway/model/numero_unique.hpp"
#include "gateway/policy/decision.hpp"
#include "gateway/service/life/life_rules.hpp"
#include "gateway/service/registry/registry.hpp"

namespace passerelle::service {

/// A day, and the one by whose end it must have been recorded; both YYYY-MM-DD.
struct PastDay {
  std::string day;
  std::optional<std::string> known = {};  ///< nothing: all that is known now
};

/// Where a demande stood at the end of a day.
struct PastLife {
  model::NumeroUnique numero;  ///< the present one
  life::State state;
  life::Day since;                    ///< the event that led there
  life::Day valid_from;               ///< of the deposit, or of the last renewal
  life::Day valid_until;              ///< the last day, by the parameters of that day
  std::optional<std::string> motive;  ///< of a radiation, where it is shown
};

/// By the days on which events happened, not those on which they were entered: what was entered later
/// corrects what was thought before, unless only what was known by a day is asked for. A demande exists from
/// its deposit. Refuses a day to come or before the deposit, and a number that leads to none, or of which
/// nothing was known. Leaves a trace. The decision is to read its past.
[[nodiscard]] tl::expected<PastLife, model::Faults> life_at(const Registry& registry,
                                                            const policy::Decision& decision,
                                                            const LifeRules& rules,
                                                            const model::NumeroUnique& numero,
                                                            const PastDay& asked);

}  // namespace passerelle::service
