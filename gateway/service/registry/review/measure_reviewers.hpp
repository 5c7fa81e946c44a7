// How sure reviewers are: pairs whose answer is known, and what their decisions are like.
#pragma once

#include <tl/expected.hpp>
#include <vector>

#include "gateway/model/fault.hpp"
#include "gateway/service/registry/registry.hpp"
#include "gateway/store/review_table.hpp"

namespace passerelle::service {

/// Mixes a pair with the queue of those who have not decided it, under an identifier of its own. Refuses one
/// that two accounts have not decided the same, or whose decision does not stand. Whether it was not gold
/// before.
tl::expected<bool, model::Faults> add_gold_pair(const Registry& registry, const policy::Decision& decision,
                                                const model::Uuid& review);

/// The reviewers of the territory of the decision.
[[nodiscard]] std::vector<store::ReviewerMeasure> measure_reviewers(const Registry& registry,
                                                                    const policy::Decision& decision);

}  // namespace passerelle::service
