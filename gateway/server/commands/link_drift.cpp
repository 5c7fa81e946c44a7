#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <iostream>
#include <memory>
#include <numeric>
#include <span>

#include "gateway/linking/frozen/drift.hpp"
#include "gateway/server/commands/link_input.hpp"
#include "gateway/server/commands/registry_options.hpp"
#include "gateway/server/home.hpp"
#include "gateway/service/registry/link_territory.hpp"

namespace passerelle::server {
namespace {

struct DriftOptions {
  LinkInput input;
  std::string model;
  RegistryPlace place;
  std::string territory;
};

/// The share of each class; 0 of nothing.
std::vector<double> shares_of(std::span<const std::uint64_t> counts) {
  const auto all = static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}));
  std::vector<double> shares;
  for (const std::uint64_t count : counts) shares.push_back(all > 0 ? static_cast<double>(count) / all : 0);
  return shares;
}

void print_weights(const linking::PairsSeen& then, const linking::PairsSeen& now) {
  std::cout << "weight_class,then,now\n";
  const std::vector<double> before = shares_of(then.weights);
  const std::vector<double> today = shares_of(now.weights);
  for (std::size_t i = 0; i < before.size(); ++i)
    std::cout << fmt::format("{},{:.4f},{:.4f}\n", linking::weight_class_name(i), before[i], today[i]);
}

void print_levels(const linking::FrozenModel& frozen, const linking::PairsSeen& now) {
  std::cout << "\ncomparison,level,then,now\n";
  for (std::size_t i = 0; i < frozen.comparisons.size(); ++i) {
    const std::vector<double> before = shares_of(frozen.seen.levels[i]);
    const std::vector<double> today = shares_of(now.levels[i]);
    for (const linking::LevelEntry& entry : linking::levels_of(frozen.comparisons[i].family)) {
      std::cout << fmt::format("\"{}\",\"{}\",{:.4f},{:.4f}\n", frozen.comparisons[i].label, entry.sentence,
                               before[entry.level], today[entry.level]);
    }
  }
}

void print_verdict(const linking::FrozenModel& frozen, const linking::Drift& drift) {
  std::cout << fmt::format("\nof,stability_index\npoids,{:.4f}\n", drift.weights);
  for (std::size_t i = 0; i < drift.levels.size(); ++i)
    std::cout << fmt::format("\"{}\",{:.4f}\n", frozen.comparisons[i].label, drift.levels[i]);
  const double worst = linking::worst_of(drift);
  const bool large = worst >= linking::drift_is_large;
  const bool begins = worst >= linking::drift_begins;
  const char* verdict = large    ? "forte : réapprendre un modèle"
                        : begins ? "naissante : à surveiller"
                                 : "aucune";
  std::cout << fmt::format("\ndérive {} (indice {:.4f})\n", verdict, worst);
}

void print_drift(const linking::FrozenModel& frozen, const linking::PairsSeen& now) {
  print_weights(frozen.seen, now);
  print_levels(frozen, now);
  print_verdict(frozen, linking::measure_drift(frozen.seen, now));
}

void drift_of_file(const DriftOptions& options) {
  const linking::FrozenModel frozen = read_model(options.model);
  const FrozenRun made = link_frozen(frozen, options.input, executor_of(options.input));
  print_drift(frozen, linking::see_pairs(made.linked.pairs, frozen.comparisons, frozen.spec.settings.review));
}

/// By the weights in service, or by those of a file.
void drift_of_territory(const DriftOptions& options) {
  const RegistrySession session = open_registry(options.place, find_home(options.input.settings->home));
  service::Registry registry = session.registry();
  std::optional<service::PersonLinker> other;
  if (!options.model.empty()) registry.linker = &other.emplace(read_model(options.model));
  const auto decision = session.decide(policy::Action::run_mass_effect, {options.territory});
  print_drift(registry.linker->model(), see_territory(registry, decision, executor_of(options.input)));
}

}  // namespace

void add_link_drift(CLI::App& link, const Settings& settings, Action& action) {
  auto options = std::make_shared<DriftOptions>();
  CLI::App* drift = add_command(
      link, "drift",
      "dit si les paires d'un fichier ou d'un territoire ressemblent à celles de l'apprentissage");
  add_people_options(*drift, settings, options->input);
  drift->get_option("--in")->required(false);
  add_option(*drift, "--model", options->model, "modèle ; d'un territoire, sans cela : celui du registre");
  add_place(*drift, options->place);
  add_territory(*drift, options->territory);
  drift->get_option("--territory")->required(false);
  on_chosen(*drift, [options, &action] {
    const bool file = !options->input.left.empty();
    if (file != options->territory.empty() || (file && options->model.empty()))
      throw CLI::RequiredError("--in et --model, ou --territory");
    action = stoppable([options, file] { file ? drift_of_file(*options) : drift_of_territory(*options); });
  });
}

}  // namespace passerelle::server
