// The places of the pivot as the tables of access must class them.
#pragma once

#include <vector>

#include "gateway/mapping/pivot_catalogue.hpp"
#include "gateway/policy/access_tables.hpp"

namespace passerelle::service {

/// Every place that holds a value, with its codes, and `complements` for what is parked for peers.
[[nodiscard]] std::vector<policy::PivotPlace> access_places(const mapping::PivotCatalogue& pivot);

}  // namespace passerelle::service
