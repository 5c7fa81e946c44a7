// The program: reads the command line, runs one command, and turns what went wrong into an exit status.
#include <exception>
#include <fcntl.h>
#include <fmt/format.h>
#include <system_error>
#include <unistd.h>

#include "gateway/server/commands/command.hpp"

namespace passerelle::server {
namespace {

constexpr std::string_view description =
    "Passerelle : échange des demandes de logement social entre le SNE, Action Logement et les bailleurs";

/// A service or a scheduler may start us without standard streams; files opened later must not take their
/// place.
void open_standard_streams() {
  int spare = ::open("/dev/null", O_RDWR);
  while (spare >= 0 && spare <= STDERR_FILENO) spare = ::open("/dev/null", O_RDWR);
  if (spare >= 0) ::close(spare);
}

ExitStatus run(int argc, char** argv) {
  CLI::App app{std::string(description), "passerelle"};
  Settings settings;
  Action action;
  app.set_help_flag("-h,--help", "affiche cette aide");
  app.set_version_flag("--version", PASSERELLE_VERSION, "affiche la version");
  app.add_option("--home", settings.home, "dossier des tables et schémas (défaut : à côté du programme)");
  app.require_subcommand(1);
  add_formats(app, settings, action);
  add_convert(app, settings, action);
  add_validate(app, settings, action);
  add_mapping(app, settings, action);
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
  try {
    return static_cast<int>(passerelle::server::run(argc, argv));
  } catch (const std::exception& error) {
    fmt::print(stderr, "passerelle : {}\n", error.what());
    return static_cast<int>(ExitStatus::world);
  }
}
