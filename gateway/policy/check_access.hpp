// What makes tables of access refused though each cell of them is right.
#pragma once

#include "gateway/codec/csv/table_fault.hpp"
#include "gateway/policy/access_tables.hpp"

namespace passerelle::policy {

/// Rules that can never answer, rules that contradict each other, ties that a role cannot have, roles and
/// actors without rule (docs/access.md, "What else the tables are held to").
[[nodiscard]] codec::TableFaults check_rules(const AccessTables& tables);

/// Places of the pivot without class or with several, places and codes that the pivot has not.
[[nodiscard]] codec::TableFaults check_fields(const AccessTables& tables, PivotPlaces places);

/// Examples whose answer is another than they say.
[[nodiscard]] codec::TableFaults check_examples(const AccessTables& tables);

}  // namespace passerelle::policy
