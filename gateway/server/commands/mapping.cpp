#include <fmt/format.h>
#include <memory>

#include "gateway/mapping/documentation.hpp"
#include "gateway/mapping/matrix.hpp"
#include "gateway/server/commands/command.hpp"
#include "gateway/server/home.hpp"

namespace passerelle::server {
namespace {

struct Options {
  std::string peer;  ///< empty: all of them
};

/// The compiled messages of the peers asked for; what does not compile is told in `faults`.
std::vector<const mapping::Plan*> plans_of(mapping::Formats& formats, const std::string& peer,
                                           mapping::TableFaults& faults) {
  std::vector<const mapping::Plan*> plans;
  for (const mapping::Peer& known : formats.peers()) {
    if (!peer.empty() && known.name != peer) continue;
    for (const mapping::MappingSource& source : known.messages) {
      if (const mapping::Format* format = formats.get(source, faults)) plans.push_back(format->plan.get());
    }
  }
  return plans;
}

ExitStatus check(const Settings& settings, const Options& options) {
  mapping::TableFaults faults;
  mapping::Formats formats = open_formats(find_home(settings.home), faults);
  const auto plans = plans_of(formats, options.peer, faults);
  tell(faults);
  fmt::print("{} message(s) compilé(s), {} faute(s)\n", plans.size(), faults.size());
  return faults.empty() ? ExitStatus::done : ExitStatus::anomalies;
}

ExitStatus matrix(const Settings& settings, const Options& options) {
  mapping::TableFaults faults;
  mapping::Formats formats = open_formats(find_home(settings.home), faults);
  fmt::print("{}", loss_matrix(formats.pivot(), plans_of(formats, options.peer, faults)));
  tell(faults);
  return faults.empty() ? ExitStatus::done : ExitStatus::anomalies;
}

ExitStatus document(const Settings& settings, const Options& options) {
  mapping::TableFaults faults;
  mapping::Formats formats = open_formats(find_home(settings.home), faults);
  for (const mapping::Peer& peer : formats.peers()) {
    if (!options.peer.empty() && peer.name != options.peer) continue;
    fmt::print("{}", document_peer(peer, formats.pivot(), plans_of(formats, peer.name, faults)));
  }
  tell(faults);
  return faults.empty() ? ExitStatus::done : ExitStatus::anomalies;
}

}  // namespace

void add_mapping(CLI::App& app, const Settings& settings, Action& action) {
  auto options = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("mapping", "contrôle, matrice des pertes et documentation des correspondances");
  command->require_subcommand(1);
  const auto add = [&](const char* name, const char* text,
                       ExitStatus (*run)(const Settings&, const Options&)) {
    CLI::App* verb = command->add_subcommand(name, text);
    verb->add_option("peer", options->peer, "partenaire, par exemple sne ; rien : tous");
    verb->callback([&settings, &action, options, run] {
      action = [&settings, options, run] { return run(settings, *options); };
    });
  };
  add("check", "compile chaque table et liste toutes les fautes, ligne par ligne", check);
  add("matrix", "matrice des pertes : champ du pivot x message, en CSV", matrix);
  add("doc", "documentation en français d'un partenaire, en Markdown", document);
}

}  // namespace passerelle::server
