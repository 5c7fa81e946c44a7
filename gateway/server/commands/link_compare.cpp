#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <iostream>
#include <memory>

#include "gateway/linking/evaluate/known_pairs.hpp"
#include "gateway/linking/frozen/zone_changes.hpp"
#include "gateway/server/commands/link_input.hpp"

namespace passerelle::server {
namespace {

constexpr std::size_t most_examples = 20;
constexpr std::array zones{linking::Decision::same, linking::Decision::review, linking::Decision::different};

struct CompareOptions {
  LinkInput input;
  std::string model;
  std::string with;
  std::string truth;
};

/// The levels of a vector in words, those of unknown values left out.
std::string sentence_of(linking::Pattern pattern, const std::vector<linking::Comparison>& comparisons) {
  std::string text;
  for (std::size_t i = 0; i < comparisons.size(); ++i) {
    const linking::Level level = linking::level_at(pattern, i);
    if (level == 0) continue;
    text += fmt::format("{}{} : {}", text.empty() ? "" : " ; ", comparisons[i].label,
                        linking::levels_of(comparisons[i].family)[level].sentence);
  }
  return text;
}

void print_changes(const linking::ZoneChanges& changes, const linking::FrozenModel& frozen) {
  std::cout << "from,to,pairs\n";
  for (std::size_t i = 0; i < zones.size(); ++i) {
    for (std::size_t j = 0; j < zones.size(); ++j) {
      if (i + j == 4) continue;  // different in both: never looked at
      std::cout << fmt::format("{},{},{}\n", linking::decision_word(zones[i]),
                               linking::decision_word(zones[j]), changes.pairs[i][j]);
    }
  }
  std::cout << fmt::format("\nchanged\n{}\n\nfrom,to,pairs,vector\n", changes.changed());
  for (std::size_t i = 0; i < std::min(most_examples, changes.vectors.size()); ++i) {
    const linking::VectorChange& one = changes.vectors[i];
    std::cout << fmt::format("{},{},{},\"{}\"\n", linking::decision_word(one.from),
                             linking::decision_word(one.to), one.pairs,
                             sentence_of(one.pattern, frozen.comparisons));
  }
}

void print_truth(std::string_view version, const FrozenRun& made, const linking::ClusterOf& truth) {
  const linking::KnownPairs known(made.records, truth);
  for (const linking::Decision zone : {linking::Decision::same, linking::Decision::review}) {
    const linking::Measures measures = known.measure(made.linked.pairs, zone);
    std::cout << fmt::format("{},{},{:.6f},{:.6f},{},{},{}\n", version, linking::decision_word(zone),
                             measures.precision(), measures.recall(), measures.right, measures.found,
                             measures.actual);
  }
}

void run_compare(const CompareOptions& options) {
  const linking::Executor run = executor_of(options.input);
  const linking::FrozenModel before = read_model(options.model);
  const linking::FrozenModel after = read_model(options.with);
  if (before.spec.columns != after.spec.columns) {
    std::cerr << "--with : un modèle des mêmes colonnes est attendu\n";
    throw Stopped{ExitStatus::usage};
  }
  const FrozenRun first = link_frozen(before, options.input, run);
  const FrozenRun second = link_frozen(after, options.input, run);
  print_changes(linking::compare_zones(first.linked.pairs, second.linked.pairs), before);
  if (options.truth.empty()) return;
  const linking::ClusterOf truth = read_clusters(options.truth);
  std::cout << "\nmodel,decision,precision,recall,right,found,actual\n";
  print_truth(before.version, first, truth);
  print_truth(after.version, second, truth);
}

}  // namespace

void add_link_compare(CLI::App& link, const Settings& settings, Action& action) {
  auto options = std::make_shared<CompareOptions>();
  CLI::App* compare =
      add_command(link, "compare", "dit ce qu'un autre modèle changerait, sans aucune valeur");
  add_people_options(*compare, settings, options->input);
  add_option(*compare, "--model", options->model, "modèle en service")->required();
  add_option(*compare, "--with", options->with, "modèle qui le remplacerait")->required();
  add_option(*compare, "--truth", options->truth, "fichier CSV id,cluster : précision et rappel de chacun");
  on_chosen(*compare, [options, &action] { action = stoppable([options] { run_compare(*options); }); });
}

}  // namespace passerelle::server
