// A whole territory linked in place: what registration, one demande at a time, has not seen, and the keys
// made anew when the rules change.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/codec/codec.hpp"
#include "gateway/linking/executor.hpp"
#include "gateway/model/numero_unique.hpp"
#include "gateway/service/registry/household.hpp"
#include "gateway/service/registry/registry.hpp"
#include "gateway/store/review_table.hpp"

namespace passerelle::service {

/// Two demandes alive of which some persons may be one.
struct TerritoryPair {
  store::DemandeId demande;
  model::Uuid other_demande;
  model::NumeroUnique one;  ///< the older
  model::NumeroUnique other;
  Household relation;  ///< as registration would judge them today
  store::Doubt doubt;
  std::string review;  ///< `open`, `decided`, or empty: no line of reviews has the pair
};

/// What would change.
struct TerritoryReport {
  std::uint64_t demandes = 0;
  std::uint64_t presentations = 0;
  std::vector<TerritoryPair> pairs;  ///< in the order of numbers
};

/// Compares all persons of the territory of the decision with the weights of the linker, which must be there,
/// as one batch. Nothing is changed.
[[nodiscard]] TerritoryReport link_territory(const Registry& registry, const policy::Decision& decision,
                                             const linking::Executor& run);

/// What the pairs of such a batch look like, without a value or a number, to be held against those that the
/// linker learned from (linking::measure_drift). Nothing is changed.
[[nodiscard]] linking::PairsSeen see_territory(const Registry& registry, const policy::Decision& decision,
                                               const linking::Executor& run);

/// Opens a review for each pair that has none, each in a transaction of its own: how many. Nothing is merged.
std::uint64_t open_reviews(const Registry& registry, const policy::Decision& decision,
                           const TerritoryReport& report);

/// Writes what is compared of everyone of a territory as CSV, for weights to be learned from it offline:
/// `id`, then `linking_columns`, then `demande`. Personal data: for whoever may export the territory.
void export_people(const Registry& registry, const policy::Decision& decision, codec::ByteSink& out);

/// Makes the keys of a territory anew by the rules of the linker: how many presentations. Registration there
/// stops until it is done (FiledHousehold::related); an interrupted one is begun again.
std::uint64_t reindex_territory(const Registry& registry, const policy::Decision& decision);

}  // namespace passerelle::service
