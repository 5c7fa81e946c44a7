// The commands that link a whole territory in place: `link territory`, `link reindex`.
#include "gateway/service/registry/link_territory.hpp"

#include <cmath>
#include <fmt/format.h>

#include "gateway/server/commands/command.hpp"
#include "gateway/server/commands/link_input.hpp"
#include "gateway/server/commands/registry_options.hpp"
#include "gateway/server/file_stream.hpp"
#include "gateway/server/home.hpp"
#include "gateway/server/thread_executor.hpp"

namespace passerelle::server {
namespace {

struct Options {
  RegistryPlace place;
  std::string territory;
  std::string out = "-";
  std::size_t threads = 0;
  bool open = false;
};

/// Numbers and words, never a value of anyone's.
std::string table_of(const service::TerritoryReport& report) {
  std::string table = "one,other,reason,probability,review\n";
  for (const service::TerritoryPair& pair : report.pairs) {
    const std::string probability =
        pair.doubt.log_odds ? fmt::format("{:.4f}", 1 / (1 + std::exp2(-*pair.doubt.log_odds))) : "";
    table += fmt::format("{},{},{},{},{}\n", pair.one.text().reveal(), pair.other.text().reveal(),
                         pair.doubt.reason, probability, pair.review);
  }
  return table;
}

ExitStatus link_whole(const Settings& settings, const Options& options) {
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide(policy::Action::run_mass_effect, {options.territory});
  const service::TerritoryReport report =
      link_territory(session.registry(), decision, thread_executor(options.threads));
  write_output(options.out, table_of(report));
  const std::uint64_t opened = options.open ? open_reviews(session.registry(), decision, report) : 0;
  fmt::print(stderr, "{} demande(s), {} présentation(s), {} paire(s) à regarder, {} ouverte(s)\n",
             report.demandes, report.presentations, report.pairs.size(), opened);
  return ExitStatus::done;
}

ExitStatus export_all(const Settings& settings, const Options& options) {
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide(policy::Action::export_territory, {options.territory});
  OutputFile out(options.out == "-" ? "" : options.out);
  export_people(session.registry(), decision, out.sink());
  out.commit();
  return ExitStatus::done;
}

ExitStatus reindex(const Settings& settings, const Options& options) {
  RegistrySession session = open_registry(options.place, find_home(settings.home));
  const auto decision = session.decide(policy::Action::administer, {options.territory});
  fmt::print(stderr, "{} présentation(s) indexée(s)\n", reindex_territory(session.registry(), decision));
  return ExitStatus::done;
}

}  // namespace

void add_link_territory(CLI::App& link, const Settings& settings, Action& action) {
  const auto [territory, options] = add_registry_verb(
      link, {"territory", "compare toutes les demandes d'un territoire et montre ce qui changerait"},
      link_whole, settings, action);
  add_territory(*territory, options->territory);
  add_option(*territory, "--out", options->out, "fichier des paires : one,other,reason,probability,review");
  add_option(*territory, "--threads", options->threads, "fils d'exécution ; 0 : autant que la machine en a");
  add_flag(*territory, "--open", options->open, "ouvre une revue pour chaque paire qui n'en a pas");
  const auto [people, kept] = add_registry_verb(
      link, {"people", "écrit ce qui est comparé des personnes d'un territoire, pour apprendre des poids"},
      export_all, settings, action);
  add_territory(*people, kept->territory);
  add_option(*people, "--out", kept->out, "fichier CSV : id, colonnes de demandeurs.spec");
  const auto [again, whose] = add_registry_verb(
      link, {"reindex", "refait les clés de rapprochement d'un territoire"}, reindex, settings, action);
  add_territory(*again, whose->territory);
}

}  // namespace passerelle::server
