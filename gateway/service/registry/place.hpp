// The use case of looking at a place: what the dated register knows of a commune on a day.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/model/commune_insee.hpp"
#include "gateway/policy/decision.hpp"
#include "gateway/service/registry/filing.hpp"
#include "gateway/service/registry/registry.hpp"
#include "gateway/store/place_table.hpp"

namespace passerelle::service {

/// A commune on a day. What hangs on it is that of the commune that it has become by then.
struct Place {
  store::CommuneLine commune;                   ///< as it was asked for
  std::optional<store::CommuneLine> successor;  ///< the commune that it has become; nothing: it is one
  std::optional<store::EpciLine> epci;
  std::vector<store::DistrictLine> districts;
  std::vector<store::ZoneOnDay> zones;
  std::vector<store::ThresholdLine> thresholds;  ///< of the commune, its EPCI, everywhere, then its districts
};

/// The territory where a commune is today, or what it has become; nothing when no territory has it.
[[nodiscard]] std::optional<std::string> territory_of(const Registry& registry, const std::string& commune);
/// That of the number that a filing names, else of the place that it wishes for first.
[[nodiscard]] std::optional<std::string> territory_of(const Registry& registry, const Filing& filing);

/// What is known of a commune on a day (YYYY-MM-DD), with a trace; nothing when the code is not known then.
/// The decision is to administer a territory.
[[nodiscard]] std::optional<Place> show_place(const Registry& registry, const policy::Decision& decision,
                                              const model::CommuneInsee& commune, const std::string& day);

/// What holds on a day in a commune, or where the nearest of its EPCI and the whole country says it; nothing
/// when nowhere does. A commune that has merged counts as what it has become.
[[nodiscard]] std::optional<store::ThresholdLine> threshold_in(store::Transaction& transaction,
                                                               const std::string& threshold,
                                                               const std::string& commune,
                                                               const std::string& day);

}  // namespace passerelle::service
