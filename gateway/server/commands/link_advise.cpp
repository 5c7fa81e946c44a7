#include <algorithm>
#include <fmt/format.h>
#include <iostream>
#include <memory>

#include "gateway/linking/evaluate/advice.hpp"
#include "gateway/linking/evaluate/known_pairs.hpp"
#include "gateway/server/commands/link_input.hpp"

namespace passerelle::server {
namespace {

constexpr double least_review = 0.01;  // what is below is not worth a line
constexpr double bin_width = 2;

struct AdviseOptions {
  LinkInput input;
  std::string truth;
};

void print_thresholds(const linking::Linked& linked) {
  std::cout << "threshold,pairs,expected_precision,expected_recall\n";
  const std::vector<double> thresholds{0.05, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99, 0.999, 0.9999};
  for (const auto& one : linking::advise_thresholds(linked, thresholds)) {
    std::cout << fmt::format("{},{},{:.5f},{:.5f}\n", one.threshold, one.pairs, one.precision, one.recall);
  }
}

/// The least thresholds that would be right so often, by the model alone.
void print_advice(const linking::Linked& linked) {
  std::cout << "\nwanted_precision,threshold\n";
  for (const double precision : {0.99, 0.999, 0.9999}) {
    const auto threshold = linking::advise_threshold(linked, precision);
    std::cout << fmt::format("{},{}\n", precision, threshold ? fmt::format("{:.6f}", *threshold) : "");
  }
}

/// What reading set aside: contacts of too many people.
void print_disarmed(const linking::Records& records) {
  std::cout << "\ncolumn,lines_with_a_shared_contact\n";
  for (const linking::Field& field : records.fields) {
    if (!field.disarmed.empty()) std::cout << fmt::format("{},{}\n", field.label, field.disarmed.size());
  }
}

void print_histogram(const linking::Linked& linked) {
  std::cout << "\nbits,pairs\n";
  for (const auto& [bits, pairs] : linking::weight_histogram(linked.pairs, bin_width)) {
    std::cout << fmt::format("{:.0f},{}\n", bits, pairs);
  }
}

/// The share of true pairs that blocking brings to comparison.
void print_coverage(const linking::Records& records, const linking::Candidates& candidates,
                    const linking::ClusterOf& truth) {
  const linking::KnownPairs known(records, truth);
  const std::uint64_t covered = known.count_of(candidates.pairs);
  const std::uint64_t actual = known.size();
  std::cout << fmt::format("\ncovered,actual,coverage\n{},{},{:.6f}\n", covered, actual,
                           actual == 0 ? 1.0 : static_cast<double>(covered) / static_cast<double>(actual));
}

void print_blocking(const linking::Candidates& candidates) {
  std::cout << "\nblocking\n";
  if (candidates.complete) std::cout << "toutes les paires\n";
  for (const std::string& rule : candidates.rules) std::cout << rule << '\n';
  if (candidates.split_blocks > 0) std::cout << fmt::format("blocs divisés : {}\n", candidates.split_blocks);
}

void run_advise(const AdviseOptions& options) {
  const linking::Executor run = executor_of(options.input);
  linking::LinkingSpec spec = read_spec(options.input.spec);
  spec.settings.review = std::min(spec.settings.review, least_review);
  const linking::Records records = read_people(spec, options.input, run);
  const linking::Prepared prepared = linking::prepare(records, run);
  const linking::Linked linked =
      linking::link(records, spec.settings, prepared, linking::train(records, prepared, run), run);
  print_thresholds(linked);
  print_advice(linked);
  print_histogram(linked);
  print_disarmed(records);
  print_blocking(prepared.candidates);
  if (!options.truth.empty()) print_coverage(records, prepared.candidates, read_clusters(options.truth));
}

}  // namespace

void add_link_advise(CLI::App& link, const Settings& settings, Action& action) {
  auto options = std::make_shared<AdviseOptions>();
  CLI::App* advise = add_command(link, "advise",
                                 "conseille des seuils : précision et rappel attendus, histogramme, blocage");
  add_input_options(*advise, settings, options->input, true);
  add_option(*advise, "--truth", options->truth,
             "fichier CSV id,cluster : couverture du blocage (un fichier)");
  on_chosen(*advise, [options, &action] { action = stoppable([options] { run_advise(*options); }); });
}

}  // namespace passerelle::server
