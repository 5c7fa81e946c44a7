// The use case that brings tables of reference data into the registry: territories, guichets, retention;
// communes, EPCI, districts, zones and thresholds; bodies, their places and roles; accounts and what acts
// open to them.
#pragma once

#include <filesystem>

#include "gateway/mapping/table_fault.hpp"
#include "gateway/policy/decision.hpp"
#include "gateway/service/life/life_rules.hpp"
#include "gateway/service/registry/registry.hpp"

namespace passerelle::service {

/// What became of the rows of the tables.
struct ReferenceCount {
  int added = 0;
  int kept = 0;  ///< another row said something of the same thing and time: it stays as it is
};

/// The territories that the tables of a folder name, in order: what a decision to load them must grant.
[[nodiscard]] std::vector<std::string> territories_of(const std::filesystem::path& folder,
                                                      mapping::TableFaults& faults);

/// Whether a folder has tables of who acts: whoever loads them must be able to grant accesses too.
[[nodiscard]] bool says_who_acts(const std::filesystem::path& folder);

/// Whether a folder has tables of communes, EPCI, districts, zones or thresholds, which are of every
/// territory.
[[nodiscard]] bool says_of_communes(const std::filesystem::path& folder);

/// Reads the tables of a folder, those that are there (docs/access.md, docs/registry.md, docs/places.md);
/// loads all of them in one transaction, or nothing when a row is wrong: the faults of all rows are appended,
/// or, once every cell is right, those of all rows against the registry. What was said of the past is never
/// written over. A parameter of the life of demandes is held against its bounds and those beside it; what it
/// replaces ends on its first day. The decision grants every territory of the tables.
ReferenceCount load_reference_data(const Registry& registry, const policy::Decision& decision,
                                   const LifeRules& rules, const std::filesystem::path& folder,
                                   mapping::TableFaults& faults);

}  // namespace passerelle::service
