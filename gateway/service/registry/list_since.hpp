// The use case of partners who ask by date: which demandes were radiated, or given a right to housing, since
// then.
#pragma once

#include <cstdint>
#include <tl/expected.hpp>
#include <vector>

#include "gateway/policy/decision.hpp"
#include "gateway/service/life/life_rules.hpp"
#include "gateway/service/registry/registry.hpp"

namespace passerelle::service {

enum class SinceKind : std::uint8_t {
  dalo,       ///< the right to housing was recognised (CCH L441-2-3)
  radiation,  ///< radiated and not come back, for any motive but a merge
};

struct SinceOrder {
  SinceKind kind = {};
  model::Time since;
  int most = 5000;  ///< demandes told at once
};

/// For each demande of the territory that the decision opens, the last such event if it was recorded at
/// `since` or later, the first recorded first: one line of JSON of the pivot, with number, guichet, dates and
/// what the event says, as the decision shows it. One trace for all. Refuses more than `most` with
/// `limit_answer`. The decision is to follow changes.
[[nodiscard]] tl::expected<std::vector<model::Personal<std::string>>, model::Faults> list_since(
    const Registry& registry, const policy::Decision& decision, const LifeRules& rules,
    const SinceOrder& order);

}  // namespace passerelle::service
