// Runs a plan from the pivot to a peer's record.
#pragma once

#include "gateway/codec/record.hpp"
#include "gateway/mapping/receipt.hpp"
#include "gateway/model/fault.hpp"

namespace passerelle::mapping {

/// Fills `external` (empty, of the same kind: envelope or demande) from `pivot`, whose bytes it goes on
/// viewing. Every leaf of `pivot` gets one outcome in the tally; the version of the pivot and the complements
/// are no leaves. A value that does not fit the external type is left out and counted. What this peer had
/// parked comes back where it still belongs.
void export_record(const Plan& plan, const codec::Record& pivot, codec::Record& external, Tally& tally,
                   model::Faults& faults);

}  // namespace passerelle::mapping
