#include <CLI/CLI.hpp>
#include <algorithm>
#include <fmt/format.h>
#include <iostream>
#include <memory>
#include <optional>

#include "gateway/linking/explain/render.hpp"
#include "gateway/server/commands/link_input.hpp"

namespace passerelle::server {
namespace {

struct ExplainOptions {
  LinkInput input;
  std::string left;
  std::string right;
  std::string format = "texte";
  std::string out = "-";
  bool hidden = false;
};

/// The record of an id, in the file on the given side.
linking::RecordId record_of(const linking::Records& records, const std::string& id, bool second_file) {
  const auto middle = records.ids.begin() + static_cast<std::ptrdiff_t>(records.left_size);
  const auto first = second_file ? middle : records.ids.begin();
  const auto last = second_file ? records.ids.end() : middle;
  const auto found = std::lower_bound(first, last, id);
  if (found == last || *found != id) {
    std::cerr << (second_file ? "--right" : "--left") << " : aucun enregistrement de cet identifiant\n";
    throw Stopped{ExitStatus::usage};
  }
  return static_cast<linking::RecordId>(found - records.ids.begin());
}

std::string render(const linking::Explanation& told, const std::string& format) {
  if (format == "json") return linking::render_json(told);
  return format == "svg" ? linking::render_svg(told) : linking::render_text(told);
}

void run_explain(const ExplainOptions& options) {
  const linking::Executor run = executor_of(options.input);
  const linking::LinkingSpec spec = read_spec(options.input.spec);
  const linking::Records records = read_people(spec, options.input, run);
  linking::PairOfRecords pair{record_of(records, options.left, false),
                              record_of(records, options.right, records.two_files)};
  if (pair.left > pair.right) std::swap(pair.left, pair.right);
  const linking::Prepared prepared = linking::prepare(records, run);
  const linking::Model model = linking::train(records, prepared, run);
  const auto values = options.hidden ? linking::Values::hidden : linking::Values::shown;
  const linking::Scorer scorer(records, prepared.comparisons, model);
  const linking::Judge judge{records, prepared.comparisons, scorer, spec.settings};
  write_output(options.out, render(linking::explain(judge, pair, values), options.format));
}

}  // namespace

void add_link_explain(CLI::App& link, const Settings& settings, Action& action) {
  auto options = std::make_shared<ExplainOptions>();
  CLI::App* explain = add_command(link, "explain", "explique le rapprochement de deux lignes");
  add_input_options(*explain, settings, options->input, true);
  add_option(*explain, "--left", options->left, "identifiant de la première ligne")->required();
  add_option(*explain, "--right", options->right, "identifiant de la seconde ligne")->required();
  add_option(*explain, "--format", options->format, "texte, json ou svg")
      ->check(CLI::IsMember({"texte", "json", "svg"}));
  add_option(*explain, "--out", options->out, "fichier de sortie");
  add_flag(*explain, "--hide-values", options->hidden, "n'écrit aucune valeur des lignes");
  on_chosen(*explain, [options, &action] { action = stoppable([options] { run_explain(*options); }); });
}

}  // namespace passerelle::server
