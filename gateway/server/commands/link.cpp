#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <memory>

#include "gateway/linking/write_results.hpp"
#include "gateway/server/commands/command.hpp"
#include "gateway/server/commands/link_input.hpp"

namespace passerelle::server {
namespace {

struct LinkOptions {
  LinkInput input;
  std::string model;
  std::string pairs = "-";
  std::string clusters;
};

void write_linked(const LinkOptions& options, const linking::Records& records, const linking::Linked& linked,
                  const linking::Executor& run) {
  const linking::WrittenResults written = linking::write_results(records, linked, run);
  write_output(options.pairs, written.pairs);
  if (!options.clusters.empty()) write_output(options.clusters, written.clusters);
}

void run_frozen(const LinkOptions& options) {
  const linking::Executor run = executor_of(options.input);
  const linking::FrozenModel frozen = read_model(options.model);
  Progress progress;
  const FrozenRun made = link_frozen(frozen, options.input, run);
  const linking::Candidates& candidates = made.prepared.candidates;
  progress.step("décision",
                fmt::format("{} paires retenues sur {}, {} blocs trop grands", made.linked.pairs.size(),
                            candidates.pairs.size(), candidates.split_blocks));
  write_linked(options, made.records, made.linked, run);
}

void run_link(const LinkOptions& options) {
  const linking::Executor run = executor_of(options.input);
  const linking::LinkingSpec spec = read_spec(options.input.spec);
  Progress progress;
  const linking::Records records = read_people(spec, options.input, run);
  progress.step("lecture", fmt::format("{} lignes", records.size()));
  const linking::Prepared prepared = linking::prepare(records, run);
  progress.step("comparaison", fmt::format("{} paires, {} règles", prepared.patterns.size(),
                                           prepared.candidates.rules.size()));
  linking::Model model = linking::train(records, prepared, run);
  progress.step("apprentissage", fmt::format("{:.0f} paires attendues", model.expected_matches));
  const linking::Linked linked = linking::link(records, spec.settings, prepared, std::move(model), run);
  progress.step("décision", fmt::format("{} paires retenues", linked.pairs.size()));
  write_linked(options, records, linked, run);
}

}  // namespace

void add_link(CLI::App& app, const Settings& settings, Action& action) {
  auto options = std::make_shared<LinkOptions>();
  CLI::App* link = add_command(app, "link", "rapproche les personnes d'un ou deux fichiers CSV");
  link->require_subcommand(0, 1);
  add_input_options(*link, settings, options->input, false);
  add_option(*link, "--model", options->model, "poids déjà appris (link train), au lieu de --spec");
  add_option(*link, "--out", options->pairs, "fichier des paires : left,right,probability,decision");
  add_option(*link, "--clusters", options->clusters, "fichier des groupes : id,cluster");
  on_chosen(*link, [link, options, &action] {
    if (!link->get_subcommands().empty()) return;
    const bool frozen = !options->model.empty();
    if (options->input.spec.empty() != frozen || options->input.left.empty()) {
      throw CLI::RequiredError("--spec ou --model, et --in");
    }
    action = stoppable([options, frozen] { frozen ? run_frozen(*options) : run_link(*options); });
  });
  add_link_evaluate(*link, action);
  add_link_explain(*link, settings, action);
  add_link_advise(*link, settings, action);
  add_link_generate(*link, action);
  add_link_train(*link, settings, action);
  add_link_compare(*link, settings, action);
  add_link_drift(*link, settings, action);
  add_link_territory(*link, settings, action);
}

}  // namespace passerelle::server
