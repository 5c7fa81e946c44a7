// The use cases of the attestation that a demande is registered (CCH R441-2-4): drawing one, and finding the
// demandes that wait for theirs.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "gateway/model/numero_unique.hpp"
#include "gateway/model/personal.hpp"
#include "gateway/policy/decision.hpp"
#include "gateway/service/life/life_rules.hpp"
#include "gateway/service/registry/registry.hpp"

namespace passerelle::service {

/// The text of an attestation, French, UTF-8, to be printed: who, where, the number, the days, the bailleurs
/// of the wanted communes, when the commission de médiation may be seized, until when it is valid, and a code
/// that opens the portal once. What no table of the registry knows, it says. It notes who drew it, and that
/// codes of earlier ones open nothing more. Refuses a number that leads to no demande of the decision, and
/// one that is not registered or lives no more. The decision is to check the identity of that demande: a desk
/// that may say who somebody is may hand them what opens their demande. The registry knows the pivot.
[[nodiscard]] tl::expected<model::Personal<std::string>, model::Faults> draw_attestation(
    const Registry& registry, const policy::Decision& decision, const LifeRules& rules,
    const model::NumeroUnique& numero);

/// A demande whose attestation was never drawn, and should have been.
struct DueAttestation {
  model::NumeroUnique numero;
  life::Day deposited_on;
  life::Day due_on;  ///< last day of the month that the law gives
};
/// Those of a territory for which that day is past on a day (YYYY-MM-DD), in order of identifiers. Refuses a
/// text that is no day. The decision is to list its demandes.
[[nodiscard]] tl::expected<std::vector<DueAttestation>, model::Faults> list_due_attestations(
    const Registry& registry, const policy::Decision& decision, const std::string& day);

}  // namespace passerelle::service
