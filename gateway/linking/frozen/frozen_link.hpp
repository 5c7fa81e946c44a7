// A file linked with frozen weights: what judging its people one at a time would have said.
#pragma once

#include "gateway/linking/executor.hpp"
#include "gateway/linking/frozen/frozen_model.hpp"
#include "gateway/linking/link.hpp"

namespace passerelle::linking {

/// The pairs that share a key of a rule. A block of more than `block_cap` records is counted among the split
/// blocks, and each of its records is paired with the `block_cap` that come before it in canonical order.
[[nodiscard]] Candidates find_frozen_candidates(const FrozenModel& frozen, const Records& records,
                                                const Executor& run);

/// Puts the frequencies of the model in place of those of the records, then finds the candidates; compares
/// none yet. The records are of the model's spec, their contacts as written (`Reading::disarms` false).
[[nodiscard]] Prepared prepare_frozen(const FrozenModel& frozen, Records& records, const Executor& run);

}  // namespace passerelle::linking
