#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <iostream>
#include <memory>

#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/linking/evaluate/measures.hpp"
#include "gateway/server/commands/link_input.hpp"

namespace passerelle::server {
namespace {

struct EvaluateOptions {
  std::string truth;
  std::string clusters;
  std::string pairs;
};

std::vector<linking::WrittenPair> read_pairs(const std::string& path) {
  const codec::CsvTable table(read_input(path));
  std::vector<linking::WrittenPair> pairs;
  for (std::size_t row = 0; row < table.size(); ++row) {
    pairs.push_back({std::string(table.cell(row, "left")), std::string(table.cell(row, "right")),
                     std::strtod(std::string(table.cell(row, "probability")).c_str(), nullptr),
                     std::string(table.cell(row, "decision"))});
  }
  return pairs;
}

void print(std::string_view name, const linking::Measures& measures) {
  std::cout << fmt::format("{},{:.6f},{:.6f},{:.6f},{},{},{}\n", name, measures.precision(),
                           measures.recall(), measures.f1(), measures.right, measures.found, measures.actual);
}

void run_evaluate(const EvaluateOptions& options) {
  const linking::ClusterOf truth = read_clusters(options.truth);
  std::cout << "measure,precision,recall,f1,right,found,actual\n";
  if (!options.clusters.empty())
    print("clusters", linking::measure_clusters(truth, read_clusters(options.clusters)));
  if (options.pairs.empty()) return;
  const auto pairs = read_pairs(options.pairs);
  print("same", linking::measure_decision(truth, pairs, "same"));
  const std::vector<double> thresholds{0.3, 0.5, 0.7, 0.9, 0.95, 0.99, 0.999, 0.9999, 0.99999};
  const auto by_threshold = linking::measure_thresholds(truth, pairs, thresholds);
  for (const auto& one : by_threshold) print(fmt::format("p>={}", one.threshold), one.measures);
  for (const auto& one : by_threshold) print(fmt::format("clusters p>={}", one.threshold), one.chained);
}

}  // namespace

void add_link_evaluate(CLI::App& link, Action& action) {
  auto options = std::make_shared<EvaluateOptions>();
  CLI::App* evaluate =
      add_command(link, "evaluate", "mesure précision, rappel et F1 contre une vérité connue");
  add_option(*evaluate, "--truth", options->truth, "fichier CSV : id,cluster")->required();
  add_option(*evaluate, "--clusters", options->clusters, "groupes écrits par link");
  add_option(*evaluate, "--pairs", options->pairs, "paires écrites par link : mesure par seuil");
  on_chosen(*evaluate, [options, &action] {
    if (options->clusters.empty() && options->pairs.empty()) {
      throw CLI::RequiredError("--clusters ou --pairs");
    }
    action = stoppable([options] { run_evaluate(*options); });
  });
}

}  // namespace passerelle::server
