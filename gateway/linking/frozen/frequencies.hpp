// How often values are borne, counted in a file and put back for one person: a rare value says more.
#pragma once

#include <vector>

#include "gateway/linking/frozen/frozen_model.hpp"

namespace passerelle::linking {

/// By field of the records.
[[nodiscard]] std::vector<FieldFrequencies> count_frequencies(const Records& records);

/// Puts what the model knows in place of what the records count: of each value, and of each beginning of
/// first names. The records must be of the model's spec.
void apply_frequencies(const FrozenModel& frozen, Records& records);

}  // namespace passerelle::linking
