#include "gateway/service/registry/place.hpp"

#include <cassert>
#include <fmt/format.h>

namespace passerelle::service {
namespace {

using store::Transaction;

constexpr std::string_view everywhere = "*";

/// Where a threshold may be said for a commune, the nearest first.
std::vector<std::string> places_above(const std::string& commune,
                                      const std::optional<store::EpciLine>& epci) {
  std::vector<std::string> places = {commune};
  if (epci) places.push_back(epci->epci);
  places.emplace_back(everywhere);
  return places;
}

std::optional<Place> read_place(Transaction& transaction, const std::string& code, const std::string& day) {
  auto commune = store::find_commune(transaction, code, day);
  if (!commune) return std::nullopt;
  const std::string present = store::present_commune(transaction, code, day);
  Place place{std::move(*commune), std::nullopt, store::find_epci(transaction, present, day), {}, {}, {}};
  if (present != code) place.successor = store::find_commune(transaction, present, day);
  place.districts = store::list_districts(transaction, present, day);
  place.zones = store::list_zones(transaction, present, day);
  std::vector<std::string> places = places_above(present, place.epci);
  for (const store::DistrictLine& district : place.districts) places.push_back(district.district);
  place.thresholds = store::list_thresholds(transaction, places, day);
  return place;
}

/// What the gateway itself sees, to say whose business a place is.
store::Scope placing_scope() {
  store::Scope scope{"place", {}, {}};
  for (int code = 0; code < 1000; ++code) scope.territories.push_back(fmt::format("{:03}", code));
  return scope;
}

}  // namespace

std::optional<std::string> territory_of(const Registry& registry, const std::string& commune) {
  const std::string today = model::utc_day(registry.clock.now());
  return store::in_transaction(registry.pool, placing_scope(), [&](Transaction& transaction) {
    const std::string present = store::present_commune(transaction, commune, today);
    return store::territory_of(transaction, std::string(model::departement_of(present)), today);
  });
}

std::optional<std::string> territory_of(const Registry& registry, const Filing& filing) {
  for (const auto* numero : {&filing.numero, &filing.left}) {
    if (*numero) return std::string((*numero)->territory());
  }
  if (filing.communes.empty()) return std::nullopt;
  return territory_of(registry, filing.communes.front());
}

std::optional<Place> show_place(const Registry& registry, const policy::Decision& decision,
                                const model::CommuneInsee& commune, const std::string& day) {
  assert(decision.action() == policy::Action::administer);
  return store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    auto place = read_place(transaction, std::string(commune.text()), day);
    leave_trace(transaction, registry, decision);
    return place;
  });
}

std::optional<store::ThresholdLine> threshold_in(Transaction& transaction, const std::string& threshold,
                                                 const std::string& commune, const std::string& day) {
  const std::string present = store::present_commune(transaction, commune, day);
  return store::find_threshold(transaction, threshold,
                               places_above(present, store::find_epci(transaction, present, day)), day);
}

}  // namespace passerelle::service
