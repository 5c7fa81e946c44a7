// The command `place`: what the dated register knows of a commune.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gateway/codec/csv/csv_cell.hpp"
#include "gateway/codec/printable.hpp"
#include "gateway/model/date.hpp"
#include "gateway/server/commands/command.hpp"
#include "gateway/server/commands/registry_options.hpp"
#include "gateway/server/home.hpp"
#include "gateway/service/registry/place.hpp"

namespace passerelle::server {
namespace {

struct Options {
  RegistryPlace place;
  std::string commune;
  std::string at;
};

/// One line of the answer, but for what every line of the register says.
struct Told {
  std::string_view what;
  std::string_view id;
  std::string place = {};
  std::string_view name = {};
  std::string_view value = {};
  std::string_view unit = {};
};

std::string cell(std::string_view text) {
  return codec::csv_cell(codec::printable(text));
}

void tell(const Told& line, const store::Said& said) {
  fmt::print("{},{},{},{},{},{},{},{},{},{},{}\n", line.what, line.id, cell(line.place), cell(line.name),
             cell(line.value), cell(line.unit), said.since, said.until, said.certainty, cell(said.act),
             cell(said.source));
}

void tell(const service::Place& place) {
  fmt::print("what,id,place,name,value,unit,since,until,certainty,act,source\n");
  tell({.what = "commune", .id = place.commune.commune, .name = place.commune.name}, place.commune.said);
  if (const auto& heir = place.successor)
    tell({.what = "successor", .id = heir->commune, .name = heir->name}, heir->said);
  if (const auto& epci = place.epci)
    tell({.what = "epci", .id = epci->epci, .name = epci->name, .value = epci->kind}, epci->said);
  for (const store::DistrictLine& district : place.districts)
    tell({.what = "district", .id = district.district, .place = district.commune, .name = district.name},
         district.said);
  for (const store::ZoneOnDay& zone : place.zones)
    tell({.what = zone.line.kind,
          .id = zone.line.zone,
          .place = fmt::format("{}", fmt::join(zone.line.communes, " ")),
          .name = zone.line.name,
          .value = zone.in_force ? "in_force" : "counted",
          .unit = zone.line.code},
         zone.line.said);
  for (const store::ThresholdLine& threshold : place.thresholds)
    tell({.what = "threshold",
          .id = threshold.threshold,
          .place = threshold.place,
          .value = threshold.value,
          .unit = threshold.unit},
         threshold.said);
}

ExitStatus unknown(model::FaultCode code) {
  tell_fault(model::make_fault(code, "commune"));
  return ExitStatus::anomalies;
}

ExitStatus show_place(const Settings& settings, const Options& options) {
  if (!options.at.empty() && !model::is_calendar_date(options.at))
    throw CLI::ValidationError("--at : AAAA-MM-JJ");
  const auto commune = model::CommuneInsee::parse(options.commune);
  if (!commune) return unknown(commune.error());
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide_about(*commune);
  if (!decision) return unknown(model::FaultCode::value_commune_unknown);
  const std::string day = options.at.empty() ? session.today() : options.at;
  const auto place = service::show_place(session.registry(), *decision, *commune, day);
  if (!place) return unknown(model::FaultCode::value_commune_unknown);
  tell(*place);
  return ExitStatus::done;
}

}  // namespace

void add_place(CLI::App& app, const Settings& settings, Action& action) {
  const auto [command, options] = add_registry_verb(
      app, {"place", "ce que le registre sait d'une commune : EPCI, quartiers, zones, seuils"}, show_place,
      settings, action);
  add_option(*command, "commune", options->commune, "code INSEE, présent ou ancien")->required();
  add_option(*command, "--at", options->at, "jour, AAAA-MM-JJ (défaut : aujourd'hui)");
}

}  // namespace passerelle::server
