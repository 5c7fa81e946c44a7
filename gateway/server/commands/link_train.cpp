#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <iostream>
#include <memory>

#include "gateway/linking/evaluate/known_pairs.hpp"
#include "gateway/linking/frozen/freeze.hpp"
#include "gateway/linking/frozen/model_text.hpp"
#include "gateway/server/commands/link_input.hpp"

namespace passerelle::server {
namespace {

struct TrainOptions {
  LinkInput input;
  std::string version;
  std::string out;
  std::string rules;
  std::string truth;
};

/// Trains as a batch does, and freezes what it learned.
linking::FrozenModel learn(const TrainOptions& options, const linking::Executor& run) {
  const linking::LinkingSpec spec = read_spec(options.input.spec);
  const linking::Records records = read_people(spec, options.input, run);
  const linking::Prepared prepared = linking::prepare(records, run);
  const std::vector<std::string> rules =
      options.rules.empty() ? linking::choose_frozen_rules(records, prepared.comparisons, run)
                            : linking::read_rules(read_input(options.rules));
  auto frozen = linking::freeze(spec, records, linking::train(records, prepared, run), rules);
  if (!frozen) {
    for (const linking::SpecFault& fault : frozen.error())
      std::cerr << fmt::format("règle {} : {}\n", fault.line, fault.text);
    throw Stopped{ExitStatus::usage};
  }
  frozen->version = options.version;
  return std::move(*frozen);
}

/// How many people share a key with one person: on average, and for one in a hundred.
void print_candidates(const FrozenRun& made) {
  std::vector<std::uint32_t> beside(made.records.size(), 0);
  for (const auto& [left, right] : made.prepared.candidates.pairs) {
    ++beside[left];
    ++beside[right];
  }
  std::ranges::sort(beside);
  const auto pairs = static_cast<double>(made.prepared.candidates.pairs.size());
  std::cout << "rule\n";
  for (const std::string& rule : made.prepared.candidates.rules) std::cout << rule << '\n';
  std::cout << fmt::format(
      "\ncandidates_mean,candidates_p99,candidates_most,blocks_over_the_cap\n{:.2f},{},{},{}\n",
      2 * pairs / static_cast<double>(beside.size()), beside[beside.size() * 99 / 100], beside.back(),
      made.prepared.candidates.split_blocks);
}

void print_truth(const FrozenRun& made, const linking::ClusterOf& truth) {
  const linking::KnownPairs known(made.records, truth);
  const std::uint64_t covered = known.count_of(made.prepared.candidates.pairs);
  const linking::Measures same = known.measure(made.linked.pairs, linking::Decision::same);
  const linking::Measures review = known.measure(made.linked.pairs, linking::Decision::review);
  std::cout << "\nmeasure,precision,recall,right,found,actual\n"
            << fmt::format("blocking,,{:.6f},{},,{}\n",
                           static_cast<double>(covered) /
                               static_cast<double>(std::max<std::uint64_t>(1, known.size())),
                           covered, known.size());
  for (const auto& [name, measures] : {std::pair{"same", same}, std::pair{"review", review}}) {
    std::cout << fmt::format("{},{:.6f},{:.6f},{},{},{}\n", name, measures.precision(), measures.recall(),
                             measures.right, measures.found, measures.actual);
  }
}

void run_train(const TrainOptions& options) {
  const linking::Executor run = executor_of(options.input);
  linking::FrozenModel frozen = learn(options, run);
  const FrozenRun made = link_frozen(frozen, options.input, run);
  if (made.records.size() == 0) throw Stopped{ExitStatus::anomalies};
  frozen.seen = linking::see_pairs(made.linked.pairs, frozen.comparisons, frozen.spec.settings.review);
  write_output(options.out, linking::write_frozen_model(frozen));
  print_candidates(made);
  if (!options.truth.empty()) print_truth(made, read_clusters(options.truth));
}

}  // namespace

void add_link_train(CLI::App& link, const Settings& settings, Action& action) {
  auto options = std::make_shared<TrainOptions>();
  CLI::App* train = add_command(link, "train", "apprend des poids sur un fichier et les fige dans un modèle");
  add_people_options(*train, settings, options->input);
  add_option(*train, "--spec", options->input.spec, "colonnes et sortes (docs/linking.md)")->required();
  add_option(*train, "--version", options->version, "nom du modèle : lettres, chiffres, . - _")
      ->required()
      ->check([](const std::string& text) {
        return linking::is_version(text) ? std::string()
                                         : std::string("lettres, chiffres, . - _, 64 au plus");
      });
  add_option(*train, "--out", options->out, "fichier du modèle")->required();
  add_option(*train, "--rules", options->rules, "règles de blocage, une par ligne, au lieu de les choisir");
  add_option(*train, "--truth", options->truth, "fichier CSV id,cluster : mesure le modèle");
  on_chosen(*train, [options, &action] { action = stoppable([options] { run_train(*options); }); });
}

}  // namespace passerelle::server
