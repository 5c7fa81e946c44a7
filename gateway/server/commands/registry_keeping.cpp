// The commands that keep the registry: `erase`, `purge`, `reference`, `migrate`.
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <set>

#include "gateway/codec/csv/csv_cell.hpp"
#include "gateway/server/commands/command.hpp"
#include "gateway/server/commands/registry_options.hpp"
#include "gateway/server/home.hpp"
#include "gateway/service/registry/erase.hpp"
#include "gateway/service/registry/purge.hpp"
#include "gateway/service/registry/reference_data.hpp"

namespace passerelle::server {
namespace {

struct Options {
  RegistryPlace place;
  std::string numero;
  std::string act;
  std::filesystem::path tables;
  bool preview = false;
  std::optional<std::int64_t> at_most;
};

ExitStatus erase(const Settings& settings, const Options& options) {
  const auto numero = read_numero(options.numero);
  if (!numero) return ExitStatus::anomalies;
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide_on(policy::Action::erase_demande, *numero);
  if (erase_registered(session.registry(), decision, *numero, options.act, session.erasures()))
    return ExitStatus::done;
  tell_fault(model::make_fault(model::FaultCode::registry_unknown, "numeroUnique"));
  return ExitStatus::anomalies;
}

ExitStatus purge(const Settings& settings, const Options& options) {
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide_everywhere(policy::Action::purge_expired);
  const auto purged = options.preview ? preview_purge(session.registry(), decision)
                                      : purge_expired(session.registry(), decision, options.at_most);
  if (!purged) {
    fmt::print(stderr, "plus de {} ligne(s) : rien n'a été effacé ; voir --preview\n", *options.at_most);
    return ExitStatus::anomalies;
  }
  if (purged->empty()) return refuse("aucune durée de conservation n'est chargée (passerelle reference)");
  fmt::print("store,before,rows\n");
  for (const service::Purged& one : *purged)
    fmt::print("{},{:%Y-%m-%dT%H:%M:%S}Z,{}\n", codec::csv_cell(one.store),
               std::chrono::floor<std::chrono::seconds>(one.before), one.rows);
  return ExitStatus::done;
}

/// The territories that a folder of tables is about: those that it names, and all of them when it tells of
/// communes.
std::vector<std::string> territories_of(const RegistrySession& session, const std::filesystem::path& tables,
                                        mapping::TableFaults& faults) {
  const auto named = service::territories_of(tables, faults);
  std::set<std::string> codes(named.begin(), named.end());
  if (service::says_of_communes(tables)) {
    const auto known = session.territories();
    codes.insert(known.begin(), known.end());
  }
  return {codes.begin(), codes.end()};
}

ExitStatus load_tables(const Settings& settings, const Options& options) {
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  mapping::TableFaults faults;
  const auto territories = territories_of(session, options.tables, faults);
  if (faults.empty() && territories.empty())
    throw CLI::ValidationError("aucune table de ce dossier ne nomme de territoire");
  service::ReferenceCount counted;
  if (faults.empty() && service::says_who_acts(options.tables))
    static_cast<void>(session.decide(policy::Action::grant_access, territories));  // it opens accesses too
  if (faults.empty())
    counted = service::load_reference_data(session.registry(),
                                           session.decide(policy::Action::administer, territories),
                                           session.life(), options.tables, faults);
  tell(faults);
  if (!faults.empty()) return ExitStatus::usage;
  fmt::print(stderr, "{} ligne(s) ajoutée(s), {} déjà là\n", counted.added, counted.kept);
  return ExitStatus::done;
}

ExitStatus migrate(const Settings& settings, const Options& options) {
  const int applied = migrate_database(options.place.database, find_home(settings.home));
  fmt::print(stderr, "{} migration(s) appliquée(s)\n", applied);
  return ExitStatus::done;
}

}  // namespace

void add_erase(CLI::App& app, const Settings& settings, Action& action) {
  const auto [command, options] =
      add_registry_verb(app, {"erase", "efface une demande : sa clé est détruite"}, erase, settings, action);
  add_numero(*command, options->numero);
  add_option(*command, "--act", options->act, "décision qui fonde l'effacement")->required();
}

void add_purge(CLI::App& app, const Settings& settings, Action& action) {
  const auto [command, options] = add_registry_verb(
      app, {"purge", "efface ce qui a passé sa durée de conservation"}, purge, settings, action);
  auto* const preview =
      add_flag(*command, "--preview", options->preview, "montre ce qui partirait, sans rien effacer");
  add_option(*command, "--at-most", options->at_most, "lignes au plus : au-delà, rien n'est effacé")
      ->check(CLI::NonNegativeNumber)
      ->excludes(preview);
}

void add_reference(CLI::App& app, const Settings& settings, Action& action) {
  const auto [command, options] = add_registry_verb(app,
                                                    {"reference",
                                                     "charge territoires, guichets, durées de conservation, "
                                                     "communes, zones, seuils, organismes, comptes et accès"},
                                                    load_tables, settings, action);
  add_option(*command, "--tables", options->tables, "dossier des tables")
      ->required()
      ->check(CLI::ExistingDirectory);
}

void add_migrate(CLI::App& app, const Settings& settings, Action& action) {
  const auto [command, options] = add_verb(
      app, {"migrate", "met à jour le schéma d'une base, en propriétaire"}, migrate, settings, action);
  add_option(*command, "--database", options->place.database, "base PostgreSQL")->required();
}

}  // namespace passerelle::server
