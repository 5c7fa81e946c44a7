// The JSON Schema of the pivot, for partners who check their files before sending them.
#pragma once

#include <string>

#include "gateway/mapping/pivot_tables.hpp"

namespace passerelle::mapping {

/// JSON Schema 2020-12 of one object of a pivot file: its envelope or one demande. Structures and code lists
/// are definitions of their own. `x-classe` is the RGPD class; `x-statut` marks what is an assumption of
/// ours. The schema says less than validation does: keys of a NIR or a SIRET, dates that exist.
[[nodiscard]] std::string pivot_json_schema(const PivotTables& tables);

}  // namespace passerelle::mapping
