// The tables of access that are shipped, for tests of what they say and of what is said of them.
#pragma once

#include <string>
#include <vector>

#include "gateway/policy/read_access_tables.hpp"

namespace passerelle::policy {

inline const std::string& shipped_folder() {
  static const std::string folder = std::string(PASSERELLE_SOURCE) + "/mappings/access";
  return folder;
}

inline const AccessTables& shipped_tables() {
  static const AccessTables tables = [] {
    codec::TableFaults faults;
    return read_access_tables(shipped_folder(), faults);
  }();
  return tables;
}

/// The places that the tables class, for tests that are not about the pivot.
inline std::vector<PivotPlace> classed_places(const AccessTables& tables) {
  std::vector<PivotPlace> places;
  for (const FieldLine& field : tables.fields) {
    if (places.empty() || places.back().path != field.path) places.push_back({field.path, {}});
    places.back().codes.insert(places.back().codes.end(), field.codes.begin(), field.codes.end());
  }
  return places;
}

}  // namespace passerelle::policy
