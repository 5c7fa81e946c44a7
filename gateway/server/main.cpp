// The program: reads the command line, runs one command, and turns what went wrong into an exit status.
#include <exception>
#include <fcntl.h>
#include <fmt/format.h>
#include <system_error>
#include <unistd.h>

#include "gateway/codec/printable.hpp"
#include "gateway/server/access_denied.hpp"
#include "gateway/server/commands/command.hpp"
#include "gateway/server/core_dump.hpp"

namespace passerelle::server {
namespace {

constexpr std::string_view description =
    "Passerelle : échange des demandes de logement social entre le SNE, Action Logement et les bailleurs";

/// A service or a scheduler may start us without standard streams; files opened later must not take their
/// place.
void open_standard_streams() {
  // NOLINTBEGIN(cppcoreguidelines-pro-type-vararg): open(2) is made so
  int spare = ::open("/dev/null", O_RDWR);
  while (spare >= 0 && spare <= STDERR_FILENO) spare = ::open("/dev/null", O_RDWR);
  // NOLINTEND(cppcoreguidelines-pro-type-vararg)
  if (spare >= 0) ::close(spare);
}

/// CLI11 speaks English: what it says of wrong usage is said again in French.
std::string usage_fault(const CLI::App* app, const CLI::Error& error) {
  const std::string name = error.get_name();
  std::string text = "usage incorrect";
  if (name == "RequiredError") text = "il manque une option ou une commande obligatoire";
  if (name == "ExtrasError") text = "argument inconnu";
  if (name == "ArgumentMismatch") text = "il manque la valeur d'une option";
  if (name == "ValidationError") text = error.what();
  return fmt::format("passerelle : {} ; voir {} --help\n", codec::printable(text), app->get_name());
}

void speak_french(CLI::App& app) {
  app.failure_message(usage_fault);
  const auto& formatter = app.get_formatter();
  formatter->column_width(34);
  for (const auto& [english, french] :
       std::initializer_list<std::pair<const char*, const char*>>{{"Usage", "Usage"},
                                                                  {"OPTIONS", "OPTIONS"},
                                                                  {"SUBCOMMAND", "COMMANDE"},
                                                                  {"SUBCOMMANDS", "COMMANDES"},
                                                                  {"Subcommand", "Commande"},
                                                                  {"Subcommands", "Commandes"},
                                                                  {"Positionals", "Arguments"},
                                                                  {"REQUIRED", "(obligatoire)"},
                                                                  {"TEXT", "TEXTE"}}) {
    formatter->label(english, french);
  }
}

/// Lists the commands added since the last heading under this one.
void head(CLI::App& app, const char* heading) {
  for (CLI::App* command : app.get_subcommands({})) {
    if (command->get_group() == "Subcommands") command->group(heading);
  }
}

ExitStatus run(int argc, char** argv) {
  CLI::App app{std::string(description), "passerelle"};
  Settings settings;
  Action action;
  app.set_help_flag("-h,--help", "affiche cette aide");
  app.set_version_flag("--version", PASSERELLE_VERSION, "affiche la version");
  add_option(app, "--home", settings.home, "dossier des tables et schémas (défaut : à côté du programme)");
  add_option(app, "--peers", settings.peers, "dossier de partenaires ajoutés à ceux de l'installation")
      ->check(CLI::ExistingDirectory);
  app.require_subcommand(1);
  speak_french(app);
  add_formats(app, settings, action);
  add_convert(app, settings, action);
  add_validate(app, settings, action);
  add_mapping(app, settings, action);
  add_generate(app, settings, action);
  add_link(app, settings, action);
  add_access(app, settings, action);
  head(app, "Commandes");
  add_register(app, settings, action);
  add_import(app, settings, action);
  add_changes(app, settings, action);
  add_show(app, settings, action);
  add_at(app, settings, action);
  add_events(app, settings, action);
  add_deposits(app, settings, action);
  add_quarantine(app, settings, action);
  add_find(app, settings, action);
  add_export(app, settings, action);
  add_outbox(app, settings, action);
  add_sne(app, settings, action);
  add_aliases(app, settings, action);
  add_review(app, settings, action);
  add_life(app, settings, action);
  add_document(app, settings, action);
  add_attestation(app, settings, action);
  add_days(app, settings, action);
  add_report(app, settings, action);
  add_waiting(app, settings, action);
  add_erase(app, settings, action);
  add_purge(app, settings, action);
  add_reference(app, settings, action);
  add_place(app, settings, action);
  add_keys(app, settings, action);
  add_migrate(app, settings, action);
  add_backup(app, settings, action);
  add_restore(app, settings, action);
  head(app, "Registre");
  add_serve(app, settings, action);
  head(app, "Service");
  try {
    app.parse(argc, argv);
    return action();
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? ExitStatus::done : ExitStatus::usage;
  }
}

}  // namespace
}  // namespace passerelle::server

int main(int argc, char** argv) {
  using passerelle::server::ExitStatus;
  passerelle::server::open_standard_streams();
  passerelle::server::forbid_core_dumps();
  try {
    return static_cast<int>(passerelle::server::run(argc, argv));
  } catch (const passerelle::server::AccessDenied& denied) {
    fmt::print(stderr, "passerelle : {}\n", denied.what());
    return static_cast<int>(ExitStatus::anomalies);
  } catch (const passerelle::server::UnknownIdentity& unknown) {
    fmt::print(stderr, "passerelle : {}\n", passerelle::codec::printable(unknown.what()));
    return static_cast<int>(ExitStatus::usage);
  } catch (const std::exception& error) {
    fmt::print(stderr, "passerelle : {}\n", passerelle::codec::printable(error.what()));
    return static_cast<int>(ExitStatus::world);
  }
}
