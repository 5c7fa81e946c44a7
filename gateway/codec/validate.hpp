// Checks a record against its shape: what is missing, what is too many, which values are wrong.
#pragma once

#include "gateway/codec/record.hpp"
#include "gateway/model/fault.hpp"

namespace passerelle::codec {

/// Appends every fault of the record: mandatory places absent, lists out of bounds, choices in conflict,
/// values against their type. Structure as it came (order, unknown names, repeats of a singleton) is the
/// reader's to report. Null values count as absent for presence and are not checked as values.
void validate(const Record& record, model::Faults& faults);

/// Only what concerns places: missing, too many, in conflict. For records whose values are known to be right.
void validate_structure(const Record& record, model::Faults& faults);

}  // namespace passerelle::codec
