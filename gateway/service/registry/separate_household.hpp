// The use case of a separation: who leaves a household gets a demande and a number of their own (interface
// SNE, CRS).
#pragma once

#include <tl/expected.hpp>

#include "gateway/policy/decision.hpp"
#include "gateway/service/life/life_rules.hpp"
#include "gateway/service/registry/register_demande.hpp"

namespace passerelle::service {

/// Registers what someone files who leaves the household of a number: a holder of it. Both histories tell it;
/// what the household said stays as it was. The same message again gets the same answer. Refuses as
/// registration does, a household whose holders all leave, one that has ended, and a number that was given
/// already. The decision is on the demande that is left, or to import.
[[nodiscard]] tl::expected<Registration, model::Faults> separate_household(const Registry& registry,
                                                                           const policy::Decision& decision,
                                                                           const LifeRules& rules,
                                                                           const model::NumeroUnique& left,
                                                                           const FiledMessage& filed);

}  // namespace passerelle::service
