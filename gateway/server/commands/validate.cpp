#include <fmt/format.h>

#include "gateway/codec/csv/csv_cell.hpp"
#include "gateway/server/commands/command.hpp"
#include "gateway/server/file_stream.hpp"
#include "gateway/server/home.hpp"
#include "gateway/service/convert.hpp"

namespace passerelle::server {
namespace {

struct Options {
  std::string format;
  std::string file;
  bool json = false;
};

void print_csv(const model::Fault& fault) {
  fmt::print("{},{},{},{},{}\n", model::catalogue_entry(fault.code).code,
             model::severity_name(fault.severity), codec::csv_cell(fault.path), fault.at.line,
             fault.at.column);
}

/// Paths hold no quote, backslash or control character: they name places of a schema.
void print_json(const model::Fault& fault) {
  const model::FaultEntry& entry = model::catalogue_entry(fault.code);
  fmt::print(R"({{"code":"{}","severity":"{}","path":"{}","line":{},"column":{},"text":"{}"}})"
             "\n",
             entry.code, model::severity_name(fault.severity), fault.path, fault.at.line, fault.at.column,
             entry.text);
}

ExitStatus run(const Settings& settings, const Options& options) {
  service::ConvertRequest request{.from = read_format(options.format)};
  const auto home = find_home(settings.home);
  mapping::Formats formats = open_formats(home, settings.peers);
  const auto geography = load_geography(home);
  InputFile in(options.file);
  request.in = &in.source();
  request.on_fault = options.json ? print_json : print_csv;
  if (!options.json) fmt::print("code,severity,path,line,column\n");
  if (geography) request.geography = &*geography;
  const auto summary = service::convert(formats, request);
  if (!summary) return refuse(summary.error());
  return summary->faults == 0 ? ExitStatus::done : ExitStatus::anomalies;
}

}  // namespace

void add_validate(CLI::App& app, const Settings& settings, Action& action) {
  const auto [command, options] =
      add_verb(app, {"validate", "contrôle un fichier et liste toutes ses anomalies"}, run, settings, action);
  add_option(*command, "--format", options->format, "format du fichier, par exemple sne ou cerfa")
      ->required();
  add_flag(*command, "--json", options->json, "une anomalie par ligne, en JSON");
  add_option(*command, "file", options->file, "fichier lu ; rien ou - : entrée standard");
}

}  // namespace passerelle::server
