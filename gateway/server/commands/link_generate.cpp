#include <CLI/CLI.hpp>
#include <cstdint>
#include <memory>

#include "gateway/linking/generate/generate.hpp"
#include "gateway/server/commands/link_input.hpp"

namespace passerelle::server {
namespace {

struct GenerateOptions {
  std::size_t count = 1000;
  std::uint64_t seed = 1;
  double errors = 1;
  std::string out = "-";
  std::string truth;
  std::string rates;
};

void run_generate(const GenerateOptions& options) {
  const linking::ErrorRates rates = linking::scaled({}, options.errors);
  const auto records = linking::generate_people(options.count, options.seed, rates);
  write_output(options.out, linking::write_people(records));
  if (!options.truth.empty()) write_output(options.truth, linking::write_truth(records));
  const std::string beside = options.out == "-" ? "" : options.out + ".taux.csv";
  const std::string& written = options.rates.empty() ? beside : options.rates;
  if (!written.empty()) write_output(written, linking::write_rates(rates));
}

}  // namespace

void add_link_generate(CLI::App& link, Action& action) {
  auto options = std::make_shared<GenerateOptions>();
  CLI::App* generate =
      add_command(link, "generate", "invente des personnes et leurs doublons, avec la vérité");
  add_option(*generate, "--count", options->count, "nombre de lignes, au moins");
  add_option(*generate, "--seed", options->seed, "une graine donne toujours le même fichier");
  add_option(*generate, "--errors", options->errors, "multiplie tous les taux d'erreur")
      ->check(CLI::Range(0.0, 9.0));
  add_option(*generate, "--out", options->out, "fichier CSV des personnes");
  add_option(*generate, "--truth", options->truth, "fichier CSV : id,cluster,family");
  add_option(*generate, "--rates", options->rates,
             "fichier CSV des taux d'erreur (défaut : à côté de --out, suivi de .taux.csv)");
  on_chosen(*generate, [options, &action] { action = stoppable([options] { run_generate(*options); }); });
}

}  // namespace passerelle::server
