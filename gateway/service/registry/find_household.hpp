// The use case of search: which demandes are, or may be, of the household that a demande describes.
#pragma once

#include <vector>

#include "gateway/model/numero_unique.hpp"
#include "gateway/policy/decision.hpp"
#include "gateway/service/registry/filing.hpp"
#include "gateway/service/registry/household.hpp"
#include "gateway/service/registry/registry.hpp"

namespace passerelle::service {

/// A demande of someone who may be one of those looked for.
struct FoundHousehold {
  model::NumeroUnique numero;
  Household relation = {};  ///< never `unrelated`
};

/// The demandes alive of the territory of the decision with someone who is, or may be, a holder of the filing
/// (spelt otherwise too), the oldest first, and that the decision opens. Each one found leaves its trace, and
/// so does a search that finds none, which counts among those in vain (note_vain_search).
[[nodiscard]] std::vector<FoundHousehold> find_households(const Registry& registry,
                                                          const policy::Decision& decision,
                                                          const Filing& filing);

}  // namespace passerelle::service
