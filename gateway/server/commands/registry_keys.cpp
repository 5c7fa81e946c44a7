// The commands that turn keys: `keys rotate`, `keys rewrite`, `keys forget`.
#include <fmt/format.h>
#include <map>

#include "gateway/server/commands/command.hpp"
#include "gateway/server/commands/registry_options.hpp"
#include "gateway/server/home.hpp"
#include "gateway/service/registry/rotate_keys.hpp"

namespace passerelle::server {
namespace {

struct Options {
  RegistryPlace place;
  std::string use;
  store::KeyFile::Generation generation = 0;
};

const std::map<std::string, store::KeyUse>& uses() {
  static const std::map<std::string, store::KeyUse> uses = {
      {"demande", store::KeyUse::demande}, {"nir", store::KeyUse::nir}, {"message", store::KeyUse::message}};
  return uses;
}

RegistrySession open_registry(const Settings& settings, const Options& options) {
  return open_registry(options.place, find_home(settings.home));
}

ExitStatus rewrite(RegistrySession& session, store::KeyUse use) {
  const auto rows = rewrite_under_present_key(session.registry(), session.decide_everywhere(), use);
  fmt::print(stderr, "{} ligne(s) réécrite(s) sous la génération {}\n", rows, session.keys().current(use));
  return ExitStatus::done;
}

ExitStatus rotate(const Settings& settings, const Options& options) {
  RegistrySession session = open_registry(settings, options);
  const store::KeyUse use = uses().at(options.use);
  session.turn_key(use);
  return rewrite(session, use);
}

ExitStatus rewrite_again(const Settings& settings, const Options& options) {
  RegistrySession session = open_registry(settings, options);
  return rewrite(session, uses().at(options.use));
}

ExitStatus forget(const Settings& settings, const Options& options) {
  RegistrySession session = open_registry(settings, options);
  const store::KeyUse use = uses().at(options.use);
  if (options.generation == session.keys().current(use))
    throw CLI::ValidationError("cette génération est celle qui écrit");
  if (!session.keys().holds(use, options.generation))
    throw CLI::ValidationError("le fichier de clés n'a pas cette génération");
  if (forget_generation(session.registry(), session.decide_everywhere(), session.keys(),
                        {use, options.generation}))
    return ExitStatus::done;
  fmt::print(stderr, "des lignes ne se lisent que par cette génération\n");
  return ExitStatus::anomalies;
}

}  // namespace

void add_keys(CLI::App& app, const Settings& settings, Action& action) {
  CLI::App* keys = add_command(app, "keys", "renouvelle les clés ; aucune autre passerelle ne doit tourner");
  keys->require_subcommand(1);
  const auto add = [&](const VerbName& verb, ExitStatus (*run)(const Settings&, const Options&)) {
    const auto [command, options] = add_registry_verb(*keys, verb, run, settings, action);
    add_option(*command, "--use", options->use, "clé : demande, nir ou message")
        ->required()
        ->check(CLI::IsMember(uses()));
    return std::pair(command, options);
  };
  add({"rotate", "ajoute une génération, qui écrit désormais, et réécrit ce que scellaient les autres"},
      rotate);
  add({"rewrite", "reprend une réécriture interrompue, sans nouvelle génération"}, rewrite_again);
  const auto [command, options] = add({"forget", "oublie une génération dont plus rien n'a besoin"}, forget);
  add_option(*command, "--generation", options->generation, "génération à oublier")
      ->required()
      ->check(CLI::PositiveNumber);
}

}  // namespace passerelle::server
