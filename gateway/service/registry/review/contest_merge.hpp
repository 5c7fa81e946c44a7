// Someone of a household says that two demandes are not of one: a person looks again.
#pragma once

#include <tl/expected.hpp>
#include <vector>

#include "gateway/model/numero_unique.hpp"
#include "gateway/service/registry/review/open_pair.hpp"

namespace passerelle::service {

/// What that leaves in the history of the demande.
inline constexpr std::string_view contest_event = "contest";

/// The pairs of the merges that the demande which brought the number took part in wait again, or one of the
/// demande with itself: what was filed as its own may be of others. The reason of the decision is kept sealed
/// with each. Whatever there was, the answer is the same: true.
tl::expected<bool, model::Faults> contest_merge(const Registry& registry, const policy::Decision& decision,
                                                const model::NumeroUnique& numero);

/// What people said against a pair, the oldest first.
[[nodiscard]] std::vector<model::Personal<std::string>> contests_of(store::Transaction& transaction,
                                                                    const OpenPair& open);

}  // namespace passerelle::service
