// The commands of quarantine: what could not be treated, seen without its values, treated again, or dropped.
#include <cstdio>
#include <fmt/format.h>

#include "gateway/codec/csv/csv_cell.hpp"
#include "gateway/codec/printable.hpp"
#include "gateway/server/commands/command.hpp"
#include "gateway/server/commands/registry_options.hpp"
#include "gateway/server/home.hpp"
#include "gateway/service/registry/deposit_demande.hpp"
#include "gateway/service/registry/replay_quarantined.hpp"
#include "gateway/service/registry/show_quarantined.hpp"

namespace passerelle::server {
namespace {

struct Options {
  RegistryPlace place;
  std::string territory;
  std::string id;
  std::string format;
  std::string reason;
  bool dry_run = false;
};

/// What faults said stands apart by bars, of which no place has one.
std::vector<std::string_view> parts_of(std::string_view fault) {
  std::vector<std::string_view> parts;
  for (std::size_t bar = fault.find('|'); bar != std::string_view::npos; bar = fault.find('|')) {
    parts.push_back(fault.substr(0, bar));
    fault.remove_prefix(bar + 1);
  }
  parts.push_back(fault);
  return parts;
}

std::string codes_of(const store::QuarantineLine& line) {
  std::string codes;
  for (const std::string& fault : line.faults)
    codes += fmt::format("{}{}", codes.empty() ? "" : " ", parts_of(fault).front());
  return codes;
}

ExitStatus list(const Settings& settings, const Options& options) {
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide(policy::Action::administer, {options.territory});
  fmt::print("id,since,body,key,format,whole,rank,why\n");
  for (const store::QuarantineLine& line : list_quarantined(session.registry(), decision))
    fmt::print("{},{},{},{},{},{},{},{}\n", line.id.text(), model::utc_day(line.quarantined_at),
               codec::csv_cell(line.by.body), codec::csv_cell(line.key), line.format,
               line.whole ? "yes" : "no", line.rank, codec::csv_cell(codes_of(line)));
  return ExitStatus::done;
}

model::Uuid read_id(const Options& options) {
  const auto id = model::Uuid::parse(options.id);
  if (!id) throw CLI::ValidationError("id : l'identifiant que donne quarantine list");
  return *id;
}

ExitStatus tell_unknown() {
  fmt::print(stderr, "aucune ligne de cet identifiant n'attend en quarantaine\n");
  return ExitStatus::anomalies;
}

/// The line's own; of a document whose format was never recognised, the peer.
mapping::FormatName format_of(const Options& options, const std::string& read_by) {
  return read_format(options.format.empty() ? read_by : options.format);
}

void print_faults(const store::QuarantineLine& line) {
  fmt::print("fault,path,line,column,mapping\n");
  for (const std::string& fault : line.faults) {
    auto parts = parts_of(fault);
    parts.resize(5);
    fmt::print("{},{},{},{},{}\n", parts[0], codec::csv_cell(parts[1]), parts[2], parts[3],
               codec::csv_cell(parts[4]));
  }
}

ExitStatus show(const Settings& settings, const Options& options) {
  const model::Uuid id = read_id(options);
  const auto home = find_home(settings.home);
  RegistrySession session = open_registry(options.place, home);
  const auto decision = session.decide(policy::Action::administer, {options.territory});
  const auto line = open_quarantined(session.registry(), decision, id);
  if (!line) return tell_unknown();
  mapping::Formats formats = open_formats(home, settings.peers);
  const auto values = mask_quarantined(formats, format_of(options, line->kept.line.format), *line);
  if (!values) return refuse(values.error());
  print_faults(line->kept.line);
  fmt::print("\npath,line,column,characters,type\n");
  for (const service::MaskedValue& value : *values)
    fmt::print("{},{},{},{},{}\n", codec::csv_cell(value.path), value.at.line, value.at.column,
               value.characters, value.type);
  return ExitStatus::done;
}

std::string_view outcome_name(const service::ReplayedDemande& demande) {
  if (!demande.done) return demande.changes ? "would-change" : "would-register";
  switch (demande.done->outcome) {
    case service::Registered::anew: return "new";
    case service::Registered::known: return "known";
    case service::Registered::received: return "received";
    case service::Registered::changed: return "changed";
  }
  return "";
}

ExitStatus tell(const service::Replay& replay) {
  fmt::print("demande,outcome,numero\n");
  for (const service::ReplayedDemande& demande : replay.demandes)
    fmt::print("{},{},{}\n", demande.rank, outcome_name(demande),
               demande.done && demande.done->numero ? demande.done->numero->text().reveal() : "");
  static_cast<void>(std::fflush(stdout));  // faults stand below what became of each
  for (const model::Fault& fault : replay.faults) tell_fault(fault);
  if (!replay.denied.empty())
    fmt::print(stderr, "qui l'a envoyé n'en a plus le droit ({})\n", codec::printable(replay.denied));
  if (replay.closed) fmt::print(stderr, "la ligne est close\n");
  const bool stopped = replay.demandes.empty() || model::has_blocking(replay.faults);
  return stopped || !replay.denied.empty() ? ExitStatus::anomalies : ExitStatus::done;
}

ExitStatus replay(const Settings& settings, const Options& options) {
  const model::Uuid id = read_id(options);
  const auto home = find_home(settings.home);
  RegistrySession session = open_registry(options.place, home);
  const auto decision = session.decide(policy::Action::administer, {options.territory});
  const auto line = open_quarantined(session.registry(), decision, id);
  if (!line) return tell_unknown();
  mapping::Formats formats = open_formats(home, settings.peers);
  const auto geography = load_geography(home);
  const service::ReplayOrder order{format_of(options, line->kept.line.format), !options.dry_run};
  const auto done = replay_quarantined(
      session.registry(), decision, {formats, geography ? &*geography : nullptr, session.life()}, id, order);
  if (!done) return refuse(done.error());
  if (!*done) return tell_unknown();
  const ExitStatus status = tell(**done);
  if (!options.dry_run) settle_deposits(session.registry(), session.pivot(), options.territory);
  return status;
}

ExitStatus drop(const Settings& settings, const Options& options) {
  const model::Uuid id = read_id(options);
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide(policy::Action::administer, {options.territory});
  if (!drop_quarantined(session.registry(), decision, id, options.reason)) return tell_unknown();
  return ExitStatus::done;
}

/// A code stays in clear: no word of a person may come in that way.
std::string code_fault(const std::string& code) {
  constexpr std::size_t longest = 40;
  constexpr std::string_view characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
  const bool right =
      !code.empty() && code.size() <= longest && code.find_first_not_of(characters) == std::string::npos;
  return right ? "" : "--reason : un code, majuscules, chiffres et tirets, 40 au plus";
}

}  // namespace

void add_quarantine(CLI::App& app, const Settings& settings, Action& action) {
  CLI::App* const quarantine = add_command(
      app, "quarantine", "ce qui n'a pu être traité, gardé tel que reçu jusqu'à ce qu'on regarde");
  quarantine->require_subcommand(1);
  const auto add = [&](const VerbName& verb, auto run) {
    const auto [command, options] = add_registry_verb(*quarantine, verb, run, settings, action);
    add_territory(*command, options->territory);
    return std::pair(command, options);
  };
  const auto add_one = [&](const VerbName& verb, auto run) {
    const auto added = add(verb, run);
    add_option(*added.first, "id", added.second->id, "identifiant que donne quarantine list")->required();
    return added;
  };
  const auto add_format = [](const auto& added) {
    add_option(*added.first, "--format", added.second->format,
               "version et message par lesquels lire (défaut : ceux de la première lecture)");
  };
  add({"list", "ce qui attend, et les codes des fautes"}, list);
  add_format(add_one({"show", "les fautes, et la structure sans aucune valeur"}, show));
  const auto replaying =
      add_one({"replay", "traite à nouveau, au nom et sous la clé de qui l'envoya"}, replay);
  add_format(replaying);
  add_flag(*replaying.first, "--dry-run", replaying.second->dry_run, "dit seulement ce qui se passerait");
  const auto dropping = add_one({"drop", "clôt une ligne que personne ne traitera"}, drop);
  add_option(*dropping.first, "--reason", dropping.second->reason, "code du motif, sans aucune valeur")
      ->required()
      ->check(code_fault);
}

}  // namespace passerelle::server
