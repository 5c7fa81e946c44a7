// The commands that copy a registry and make it again: `backup`, `restore`.
#include <fmt/format.h>

#include "gateway/server/commands/command.hpp"
#include "gateway/server/commands/registry_options.hpp"
#include "gateway/server/home.hpp"
#include "gateway/server/registry_copy.hpp"

namespace passerelle::server {
namespace {

struct Options {
  RegistryPlace place;
  std::filesystem::path file;
  RestoreOrder order;
};

ExitStatus backup(const Settings& settings, const Options& options) {
  check_place(options.place);
  if (std::filesystem::exists(options.file))
    throw CLI::ValidationError(fmt::format("{} existe déjà", options.file.string()));
  const auto [copied, octets] = back_up_registry(options.place, find_home(settings.home), options.file);
  fmt::print(stderr, "ni les clés ({}) ni le journal des effacements ({}) n'y sont : à sauvegarder à part\n",
             options.place.key_path().string(), options.place.journal_path().string());
  std::int64_t total = 0;
  std::vector<std::string> states;
  for (const auto& [state, count] : copied.demandes) {
    total += count;
    states.push_back(fmt::format("{} {}", state, count));
  }
  fmt::print("base {} ; schéma {} ; {} demande(s) ({}) ; {} octets\n", copied.database, copied.schema_version,
             total, fmt::join(states, ", "), octets);
  return ExitStatus::done;
}

ExitStatus restore(const Settings& settings, const Options& options) {
  check_place(options.place);
  const auto [replay, migrations, aside] =
      restore_registry(options.place, find_home(settings.home), options.order);
  if (!aside.empty()) fmt::print(stderr, "la base précédente est gardée sous le nom {}\n", aside);
  if (options.order.without_journal)
    fmt::print(stderr, "sans journal : ce qui a été effacé depuis la sauvegarde est revenu\n");
  fmt::print(
      "{} migration(s) appliquée(s) ; {} effacement(s) rejoué(s), {} déjà dans la sauvegarde, {} de demandes "
      "qu'elle n'a pas\n",
      migrations, replay.erased, replay.known, replay.absent);
  return ExitStatus::done;
}

}  // namespace

void add_backup(CLI::App& app, const Settings& settings, Action& action) {
  const auto [command, options] = add_registry_verb(
      app, {"backup", "sauvegarde la base dans un fichier, sans les clés"}, backup, settings, action);
  add_option(*command, "--out", options->file, "fichier à écrire ; refusé s'il existe")->required();
}

void add_restore(CLI::App& app, const Settings& settings, Action& action) {
  const auto [command, options] =
      add_registry_verb(app, {"restore", "refait un registre d'une sauvegarde, et y rejoue les effacements"},
                        restore, settings, action);
  add_option(*command, "--in", options->order.file, "sauvegarde")->required();
  add_flag(*command, "--replace", options->order.replace,
           "prend la place d'un registre qui contient des demandes, et le garde à part");
  add_flag(*command, "--without-journal", options->order.without_journal,
           "le journal des effacements est perdu : les effacés depuis la sauvegarde reviennent")
      ->excludes("--journal");
}

}  // namespace passerelle::server
