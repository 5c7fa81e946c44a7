// From the lines of a mapping to a plan that can run, or the list of everything that is wrong with them.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "gateway/mapping/peer.hpp"
#include "gateway/mapping/pivot_catalogue.hpp"
#include "gateway/mapping/plan.hpp"

namespace passerelle::mapping {

/// The code tables of a peer by name, in force on one day.
using CodeTables = std::map<std::string, std::shared_ptr<const CodeTable>, std::less<>>;

/// Reads every `codes/*.csv` of the peer as of the day `at` (ISO).
[[nodiscard]] CodeTables load_code_tables(const Peer& peer, std::string_view at, TableFaults& faults);

/// Compiles one message. Returns nothing when a fault was appended. `external` and the catalogue outlive the
/// plan.
[[nodiscard]] std::unique_ptr<const Plan> compile(const MappingSource& source, const CodeTables& tables,
                                                  const PivotCatalogue& catalogue,
                                                  const codec::Shape& external, TableFaults& faults);

}  // namespace passerelle::mapping
