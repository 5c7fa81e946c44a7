// Runs a plan from a peer's record to the pivot.
#pragma once

#include "gateway/codec/record.hpp"
#include "gateway/mapping/receipt.hpp"
#include "gateway/model/fault.hpp"

namespace passerelle::mapping {

/// Fills `pivot` (empty, of the same kind: envelope or demande) from `external`, whose bytes it goes on
/// viewing. Every leaf of `external` gets one outcome in the tally. Appends the faults of values that the
/// pivot refuses; a leaf that already has a fault gets no second one.
void import_record(const Plan& plan, const codec::Record& external, codec::Record& pivot, Tally& tally,
                   model::Faults& faults);

}  // namespace passerelle::mapping
