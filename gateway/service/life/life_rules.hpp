// The tables by which demandes live, and what holds in a territory on a day.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gateway/life/demande_life.hpp"
#include "gateway/life/detail_table.hpp"
#include "gateway/mapping/table_fault.hpp"
#include "gateway/store/life_table.hpp"

namespace passerelle::service {

/// The tables of mappings/registry by which demandes live.
struct LifeRules {
  life::LifeTable table;
  life::ParameterCatalogue catalogue;
  life::DetailTable details;

  /// Appends the faults of the tables of a folder.
  [[nodiscard]] static LifeRules read(const std::filesystem::path& folder, mapping::TableFaults& faults);
};

/// What is wrong with values that were decided, over the national ones, and are to hold together; in French,
/// empty when nothing. Those of other names are no business of the life of demandes.
[[nodiscard]] std::string wrong_parameters(const LifeRules& rules,
                                           const std::map<std::string, std::string>& values);

/// What holds in a territory on a day: what was decided there and, for the rest, the national values. Refuses
/// `life_parameter`, thrown as a Refusal, when a value of the registry is out of its bounds.
[[nodiscard]] life::Parameters parameters_on(store::Transaction& transaction, const LifeRules& rules,
                                             const std::string& territory, life::Day day);

/// In one line, for what was in force during a run.
[[nodiscard]] std::string parameters_text(const life::Parameters& parameters);

[[nodiscard]] life::DemandeLife life_of(const store::LifeRow& row);
[[nodiscard]] store::LifeRow row_of(const life::DemandeLife& life);

/// When a run must look at a demande next; nothing: never more.
[[nodiscard]] std::optional<life::Day> next_look(const LifeRules& rules, const life::DemandeLife& life,
                                                 const life::Parameters& parameters);

}  // namespace passerelle::service
