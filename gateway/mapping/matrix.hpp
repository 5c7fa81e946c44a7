// The loss matrix: for every pivot field and every message, what is carried and what is lost.
#pragma once

#include <span>
#include <string>

#include "gateway/mapping/pivot_catalogue.hpp"
#include "gateway/mapping/plan.hpp"

namespace passerelle::mapping {

/// CSV: `champ,classe` and one column for each plan. A cell is the relation and the choice on loss (`=
/// park`), `0` with the choice when the message has no counterpart, several joined by ` / ` when several
/// lines carry the field.
[[nodiscard]] std::string loss_matrix(const PivotCatalogue& catalogue, std::span<const Plan* const> plans);

}  // namespace passerelle::mapping
