// The figures of a year from named data: demandes, their histories and their versions, and no fact.
#pragma once

#include "gateway/reports/figures.hpp"
#include "gateway/service/life/life_rules.hpp"
#include "gateway/service/registry/registry.hpp"

namespace passerelle::service {

/// Of every demande of a territory that was not erased. What it shares with facts is the meaning of bands and
/// cells: where a demande stood on a day is read from the states of its events, with the version of that day.
/// Needs the shape of the pivot.
[[nodiscard]] reports::Figures named_figures(const Registry& registry, store::Transaction& transaction,
                                             const LifeRules& rules, const std::string& territory, int year);

}  // namespace passerelle::service
