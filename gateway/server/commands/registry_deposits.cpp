// The command `deposits`: what was received from those who are answered later.
#include <fmt/format.h>

#include "gateway/codec/csv/csv_cell.hpp"
#include "gateway/server/commands/command.hpp"
#include "gateway/server/commands/registry_options.hpp"
#include "gateway/server/home.hpp"
#include "gateway/service/registry/deposit_demande.hpp"

namespace passerelle::server {
namespace {

struct Options {
  RegistryPlace place;
  std::string territory;
  std::string key;
};

ExitStatus list_refused(const Settings& settings, const Options& options) {
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide(policy::Action::administer, {options.territory});
  fmt::print("deposit,received,body,key,why\n");
  for (const store::RefusedDeposit& one : list_refused_deposits(session.registry(), decision))
    fmt::print("{},{},{},{},{}\n", one.id.text(), one.received_on, codec::csv_cell(one.body),
               codec::csv_cell(one.key), codec::csv_cell(one.why));
  return ExitStatus::done;
}

ExitStatus settle(const Settings& settings, const Options& options) {
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  static_cast<void>(session.decide(policy::Action::administer, {options.territory}));
  const service::Settlement done = settle_deposits(session.registry(), session.pivot(), options.territory);
  fmt::print(stderr, "{} dépôt(s) réglé(s), {} à regarder\n", done.settled, done.refused);
  return ExitStatus::done;
}

/// Of the one who deposited: as for a deposit, since that is what they may do.
ExitStatus tell_numero(const Settings& settings, const Options& options) {
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide_filing(options.territory, {});
  const auto numero = settled_numero(session.registry(), decision, options.key);
  fmt::print("outcome,numero\n{},{}\n", numero ? "settled" : "received",
             numero ? numero->text().reveal() : "");
  return ExitStatus::done;
}

}  // namespace

void add_deposits(CLI::App& app, const Settings& settings, Action& action) {
  CLI::App* const deposits =
      add_command(app, "deposits", "les dépôts auxquels le numéro est donné plus tard");
  deposits->require_subcommand(1);
  const auto add = [&](const VerbName& verb, auto run) {
    const auto [command, options] = add_registry_verb(*deposits, verb, run, settings, action);
    add_territory(*command, options->territory);
    return std::pair(command, options);
  };
  add({"list", "ceux qui n'ont pu devenir des demandes : une personne doit les regarder"}, list_refused);
  add({"settle", "enregistre ceux qui attendent"}, settle);
  const auto [command, options] =
      add({"number", "le numéro qu'a reçu un dépôt, une fois réglé"}, tell_numero);
  add_option(*command, "--key", options->key, "clé de l'envoi")->required();
}

}  // namespace passerelle::server
