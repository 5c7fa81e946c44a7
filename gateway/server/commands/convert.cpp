#include "gateway/service/convert.hpp"

#include <chrono>
#include <fmt/format.h>
#include <memory>
#include <unistd.h>

#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/server/commands/command.hpp"
#include "gateway/server/file_stream.hpp"
#include "gateway/server/home.hpp"

namespace passerelle::server {
namespace {

using Clock = std::chrono::steady_clock;

struct Options {
  std::string from;
  std::string to;
  std::string in;
  std::string out;
  std::string receipt;
  std::string complement;
  bool quiet = false;
};

/// Tells on standard error, twice a second, how far a long conversion is; only to a terminal.
class Progress {
 public:
  explicit Progress(bool wanted) : m_wanted(wanted && ::isatty(STDERR_FILENO) == 1) {}

  void tell(std::uint64_t demandes) {
    constexpr std::uint64_t between_looks = 256;
    if (!m_wanted || demandes % between_looks != 0) return;
    const auto now = Clock::now();
    if (now - m_last < std::chrono::milliseconds(500)) return;
    m_last = now;
    fmt::print(stderr, "\r{} demandes", demandes);
    m_told = true;
  }

  void end() const {
    if (m_told) fmt::print(stderr, "\r\033[K");
  }

 private:
  bool m_wanted;
  bool m_told = false;
  Clock::time_point m_last = Clock::now();
};

void tell_summary(const service::ConvertSummary& summary) {
  std::uint64_t leaves = 0;
  std::uint64_t lost = 0;
  for (std::size_t i = 0; i < mapping::outcome_count; ++i) {
    leaves += summary.outcomes[i];
    if (mapping::is_loss(static_cast<mapping::Outcome>(i))) lost += summary.outcomes[i];
  }
  fmt::print(stderr, "{} demande(s), {} refusée(s), {} anomalie(s) ; {} valeurs, dont {} perdue(s)\n",
             summary.demandes, summary.refused, summary.faults, leaves, lost);
}

std::unique_ptr<OutputFile> open_if_named(const std::string& path) {
  return path.empty() ? nullptr : std::make_unique<OutputFile>(path);
}

ExitStatus run(const Settings& settings, const Options& options) {
  service::ConvertRequest request{.from = read_format(options.from), .to = read_format(options.to)};
  const auto home = find_home(settings.home);
  mapping::Formats formats = open_formats(home, settings.peers);
  const auto geography = load_geography(home);
  InputFile in(options.in);
  OutputFile out(options.out);
  const auto receipt = open_if_named(options.receipt);
  const bool puts_back = request.from.is_pivot() && !options.complement.empty();
  if (puts_back) request.parked = codec::read_file(options.complement);
  const auto complement = puts_back ? nullptr : open_if_named(options.complement);
  Progress progress(!options.quiet);
  request.in = &in.source();
  request.out = &out.sink();
  request.receipt = receipt ? &receipt->sink() : nullptr;
  request.complement = complement ? &complement->sink() : nullptr;
  request.on_fault = tell_fault;
  request.on_progress = [&](std::uint64_t demandes) { progress.tell(demandes); };
  if (geography) request.geography = &*geography;
  const auto summary = service::convert(formats, request);
  progress.end();
  if (!summary) return refuse(summary.error());
  out.commit();
  if (receipt) receipt->commit();
  if (complement) complement->commit();
  if (!options.quiet) tell_summary(*summary);
  return summary->faults == 0 ? ExitStatus::done : ExitStatus::anomalies;
}

}  // namespace

void add_convert(CLI::App& app, const Settings& settings, Action& action) {
  const auto [command, options] =
      add_verb(app, {"convert", "convertit un fichier d'un format dans un autre, avec son reçu"}, run,
               settings, action);
  add_option(*command, "--from", options->from, "format d'entrée, par exemple sne ou sne@02.01:CRE")
      ->required();
  add_option(*command, "--to", options->to, "format de sortie, par exemple cerfa")->required();
  add_option(*command, "--in", options->in, "fichier lu ; rien ou - : entrée standard");
  add_option(*command, "--out", options->out, "fichier écrit ; rien ou - : sortie standard");
  add_option(*command, "--receipt", options->receipt, "reçu en CSV : ce qu'est devenue chaque valeur");
  add_option(*command, "--complement", options->complement,
             "fichier des compléments, hors du pivot : écrit vers cerfa, relu depuis cerfa");
  add_flag(*command, "--quiet", options->quiet, "sans avancement ni bilan");
}

}  // namespace passerelle::server
