#include "gateway/service/generate.hpp"

#include <fmt/format.h>
#include <memory>
#include <stdexcept>

#include "gateway/server/commands/command.hpp"
#include "gateway/server/file_stream.hpp"
#include "gateway/server/home.hpp"

namespace passerelle::server {
namespace {

/// The day on which files are said to be written when none is given: the same command always writes the
/// same bytes.
constexpr std::string_view usual_day = "2026-01-01";

struct Options {
  std::uint64_t count = 0;
  std::uint64_t seed = 0;
  std::string territory;
  std::string format;
  std::string out;
  std::string receipt;
  std::string kind;
  std::string at{usual_day};
  bool from_schema = false;
};

service::GenerateRequest request_of(const Options& options) {
  mapping::FormatName format = read_format(options.format);
  const auto today = generation::parse_day(options.at);
  if (!today) throw CLI::ValidationError(fmt::format("date mal écrite : {}", options.at));
  if (!options.from_schema && options.territory.empty())
    throw CLI::ValidationError("il manque --territory, par exemple 063");
  return {.count = options.count,
          .seed = options.seed,
          .territory = options.territory,
          .to = std::move(format),
          .kind = options.kind,
          .today = *today};
}

/// Believable demandes need words and communes; documents of a schema do not.
tl::expected<service::ConvertSummary, std::string> write(const Settings& settings, bool from_schema,
                                                         service::GenerateRequest& request) {
  const std::filesystem::path home = find_home(settings.home);
  mapping::Formats formats = open_formats(home, settings.peers);
  if (from_schema) return service::generate_from_schema(formats, request);
  const generation::Vocabulary words(home / "mappings/generation");
  const auto geography = load_geography(home);
  if (!geography) throw std::runtime_error("la géographie de référence manque");
  request.words = &words;
  request.geography = &*geography;
  return service::generate(formats, request);
}

ExitStatus run(const Settings& settings, const Options& options) {
  service::GenerateRequest request = request_of(options);
  OutputFile out(options.out);
  const auto receipt = options.receipt.empty() ? nullptr : std::make_unique<OutputFile>(options.receipt);
  request.out = &out.sink();
  request.receipt = receipt ? &receipt->sink() : nullptr;
  request.on_fault = tell_fault;
  const auto summary = write(settings, options.from_schema, request);
  if (!summary) return refuse(summary.error());
  out.commit();
  if (receipt) receipt->commit();
  return summary->faults == 0 ? ExitStatus::done : ExitStatus::anomalies;
}

}  // namespace

void add_generate(CLI::App& app, const Settings& settings, Action& action) {
  const auto [command, options] =
      add_verb(app, {"generate", "écrit des demandes inventées, toujours les mêmes pour une graine"}, run,
               settings, action);
  add_option(*command, "--count", options->count, "nombre de demandes")->required();
  add_option(*command, "--seed", options->seed, "graine du hasard")->required();
  add_option(*command, "--territory", options->territory, "département, par exemple 063, 02A ou 974");
  add_option(*command, "--format", options->format, "format écrit, par exemple cerfa ou sne@02.01:CRE")
      ->required();
  add_option(*command, "--out", options->out, "fichier écrit ; rien ou - : sortie standard");
  add_option(*command, "--receipt", options->receipt, "reçu en CSV de ce que le format ne peut pas dire");
  add_option(*command, "--kind", options->kind,
             "nature du message (creation, radiation...) ; rien : celle du format, sinon un stock");
  add_option(*command, "--at", options->at, "jour où le fichier est écrit (défaut : 2026-01-01)");
  add_flag(*command, "--from-schema", options->from_schema,
           "tout ce que le schéma du message permet, sans vraisemblance ni territoire");
}

}  // namespace passerelle::server
