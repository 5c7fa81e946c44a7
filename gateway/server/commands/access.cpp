// The command `access`: the tables of access checked, documented, and one request explained; beside it, who
// may act.
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <optional>
#include <string>
#include <vector>

#include "gateway/policy/describe.hpp"
#include "gateway/policy/engine.hpp"
#include "gateway/server/commands/access_verbs.hpp"
#include "gateway/server/home.hpp"
#include "gateway/service/access/access_places.hpp"

namespace passerelle::server {
namespace {

namespace fs = std::filesystem;

struct NoOptions {};

struct Options {
  std::string role;
  std::string action;
  std::string purpose;
  std::string channel = "agent";
  std::string state = "aucune";
  std::string relation = "aucune";
  std::vector<std::string> ties;
  std::vector<std::string> asked;
  std::vector<std::string> granted;
  std::string date;
};

/// The tables, or nothing after their faults have been told.
std::optional<policy::AccessTables> load(const Settings& settings) {
  const fs::path home = find_home(settings.home);
  const mapping::Formats formats = open_formats(home);
  auto tables = policy::load_access_tables((home / "mappings" / "access").string(),
                                           service::access_places(formats.pivot()));
  if (tables) return std::move(*tables);
  tell(tables.error());
  fmt::print("{} faute(s)\n", tables.error().size());
  return std::nullopt;
}

ExitStatus check(const Settings& settings, const NoOptions&) {
  const auto tables = load(settings);
  if (!tables) return ExitStatus::anomalies;
  fmt::print("{} acteur(s), {} rôle(s), {} règle(s), {} exemple(s) : aucune faute\n", tables->actors.size(),
             tables->roles.size(), tables->rules.size(), tables->examples.size());
  return ExitStatus::done;
}

ExitStatus document(const Settings& settings, const NoOptions&) {
  const auto tables = load(settings);
  if (!tables) return ExitStatus::anomalies;
  fmt::print("{}", policy::document_access(*tables));
  return ExitStatus::done;
}

/// The word that an option names, or a fault of usage that lists those there are.
template <typename Word>
Word word(std::string_view option, const std::string& text) {
  if (const auto known = policy::parse_word<Word>(text)) return *known;
  throw CLI::ValidationError(fmt::format("--{} : « {} » inconnu ; attendu : {}", option, text,
                                         fmt::join(policy::words_of<Word>, ", ")));
}

policy::TerritorySet territories(const std::vector<std::string>& codes) {
  policy::TerritorySet set;
  for (const std::string& code : codes) {
    if (!set.insert(code)) throw CLI::ValidationError("un territoire est un code de trois chiffres");
  }
  return set;
}

policy::AccessRequest request(const Options& options) {
  policy::AccessRequest request{
      .purpose = word<policy::Purpose>("purpose", options.purpose),
      .action = word<policy::Action>("action", options.action),
      .channel = word<policy::Channel>("channel", options.channel),
      .state = word<policy::State>("state", options.state),
      .relation = word<policy::Relation>("relation", options.relation),
      .asked = territories(options.asked),
      .granted = territories(options.granted.empty() ? options.asked : options.granted)};
  for (const std::string& tie : options.ties) request.ties.insert(word<policy::Tie>("ties", tie));
  const auto day =
      policy::parse_day(options.date.empty() ? model::utc_day(model::SystemClock().now()) : options.date);
  if (!day) throw CLI::ValidationError("--date : un jour AAAA-MM-JJ est attendu");
  request.date = *day;
  return request;
}

ExitStatus explain(const Settings& settings, const Options& options) {
  const policy::AccessRequest asked = request(options);
  const auto tables = load(settings);
  if (!tables) return ExitStatus::anomalies;
  if (std::ranges::find(tables->roles, options.role, &policy::RoleLine::role) == tables->roles.end())
    throw CLI::ValidationError(fmt::format("--role : « {} » inconnu", options.role));
  fmt::print("{}", policy::explain_request(*tables, options.role, asked));
  return ExitStatus::done;
}

void add_request_options(CLI::App& verb, Options& options) {
  add_option(verb, "--role", options.role, "rôle de qui demande")->required();
  add_option(verb, "--action", options.action, "ce qui est demandé, par exemple show")->required();
  add_option(verb, "--purpose", options.purpose, "finalité")->required();
  add_option(verb, "--channel", options.channel, "voie (défaut : agent)");
  add_option(verb, "--state", options.state, "état de la demande (défaut : aucune)");
  add_option(verb, "--relation", options.relation, "lien de la personne au ménage (défaut : aucune)");
  add_option(verb, "--ties", options.ties, "liens établis, séparés par des virgules")->delimiter(',');
  add_option(verb, "--territory", options.asked, "territoires demandés")->delimiter(',')->required();
  add_option(verb, "--granted", options.granted, "territoires ouverts (défaut : ceux demandés)")
      ->delimiter(',');
  add_option(verb, "--date", options.date, "jour (défaut : aujourd'hui)");
}

}  // namespace

void add_access(CLI::App& app, const Settings& settings, Action& action) {
  CLI::App* command = add_command(app, "access", "contrôle et explication des droits d'accès");
  command->require_subcommand(1);
  add_verb(*command, {"check", "contrôle les tables d'accès et liste toutes les fautes"}, check, settings,
           action);
  add_verb(*command, {"doc", "qui peut voir et faire quoi, en Markdown"}, document, settings, action);
  const auto [verb, options] =
      add_verb(*command, {"explain", "explique la réponse à une demande d'accès"}, explain, settings, action);
  add_request_options(*verb, *options);
  add_access_grants(*command, settings, action);
  add_access_judgements(*command, settings, action);
  add_access_facts(*command, settings, action);
}

}  // namespace passerelle::server
