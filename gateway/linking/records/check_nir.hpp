// Holds the NIR of each record against the rest of that record.
#pragma once

#include "gateway/linking/records/records.hpp"

namespace passerelle::linking {

/// Fills `nir_contradictions` when the records have a NIR: it is often typed for a child or a spouse, so that
/// a number that its own record denies proves less (compare/pair_comparer.hpp).
void check_nir(Records& records);

}  // namespace passerelle::linking
