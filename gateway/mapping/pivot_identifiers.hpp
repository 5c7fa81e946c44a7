// The C++ names of the pivot's fields, so that code which names a field stops compiling when the field goes.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "gateway/mapping/pivot_tables.hpp"

namespace passerelle::mapping {

/// `cotitulaires[].ressourcesRecues[].montant` is named `cotitulaires_ressources_recues_montant`.
[[nodiscard]] std::string pivot_identifier(std::string_view path);

/// The header gateway/mapping/pivot_field.hpp: one constant a field, its path. Refuses two paths that would
/// get one name, or a name that C++ keeps for itself.
[[nodiscard]] tl::expected<std::string, TableFaults> pivot_field_header(const PivotTables& tables);

}  // namespace passerelle::mapping
