// What a message of radiation lets happen to the demande that it names.
#pragma once

#include "gateway/service/life/live_demande.hpp"
#include "gateway/service/registry/filing.hpp"

namespace passerelle::service {

/// The line of the table by which someone radiates a demande for the motive of a message, or brings it back;
/// null for a motive that the calendar or a merge alone has, or that is none.
[[nodiscard]] const life::LifeEvent* radiation_event(const LifeRules& rules, const Filing& filing);

/// What is said of it: its day, and the detail that the table of events takes.
[[nodiscard]] LifeOrder radiation_order(const Registry& registry, const LifeRules& rules,
                                        const life::LifeEvent& event, const Filing& filing);

}  // namespace passerelle::service
