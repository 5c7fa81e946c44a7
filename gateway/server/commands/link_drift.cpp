#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <iostream>
#include <memory>
#include <numeric>
#include <span>

#include "gateway/linking/frozen/drift.hpp"
#include "gateway/server/commands/link_input.hpp"

namespace passerelle::server {
namespace {

struct DriftOptions {
  LinkInput input;
  std::string model;
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

void run_drift(const DriftOptions& options) {
  const linking::Executor run = executor_of(options.input);
  const linking::FrozenModel frozen = read_model(options.model);
  const FrozenRun made = link_frozen(frozen, options.input, run);
  const linking::PairsSeen now =
      linking::see_pairs(made.linked.pairs, frozen.comparisons, frozen.spec.settings.review);
  print_weights(frozen.seen, now);
  print_levels(frozen, now);
  print_verdict(frozen, linking::measure_drift(frozen.seen, now));
}

}  // namespace

void add_link_drift(CLI::App& link, const Settings& settings, Action& action) {
  auto options = std::make_shared<DriftOptions>();
  CLI::App* drift =
      link.add_subcommand("drift", "dit si les paires d'un fichier ressemblent à celles de l'apprentissage");
  add_people_options(*drift, settings, options->input);
  drift->add_option("--model", options->model, "modèle en service")->required();
  drift->callback([options, &action] { action = stoppable([options] { run_drift(*options); }); });
}

}  // namespace passerelle::server
