#include "gateway/server/commands/link_input.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <iostream>
#include <optional>
#include <sstream>
#include <unistd.h>

#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/codec/printable.hpp"
#include "gateway/linking/frozen/frozen_link.hpp"
#include "gateway/linking/frozen/model_text.hpp"
#include "gateway/server/file_stream.hpp"
#include "gateway/server/home.hpp"
#include "gateway/server/thread_executor.hpp"

namespace passerelle::server {
namespace {

void print_spec_faults(const std::string& path, const std::vector<linking::SpecFault>& faults) {
  for (const linking::SpecFault& fault : faults) {
    const std::string line = fault.line == 0 ? std::string() : fmt::format(":{}", fault.line);
    std::cerr << codec::printable(fmt::format("{}{} : {}", path, line, fault.text)) << '\n';
  }
}

void print_input_faults(const model::Faults& faults) {
  for (const model::Fault& fault : faults) {
    const model::FaultEntry& entry = model::catalogue_entry(fault.code);
    std::cerr << fmt::format("{},{},{},{},{}\n", entry.code, model::severity_name(fault.severity), fault.path,
                             fault.at.line, fault.at.column);
  }
}

/// The history of communes, when a column holds their codes.
std::optional<model::Geography> geography_for(const linking::LinkingSpec& spec, const Settings& settings) {
  const bool needed =
      spec.column(linking::Kind::commune) != nullptr || spec.column(linking::Kind::birth_commune) != nullptr;
  return needed ? load_geography(find_home(settings.home)) : std::nullopt;
}

}  // namespace

void add_input_options(CLI::App& command, const Settings& settings, LinkInput& input, bool required) {
  input.settings = &settings;
  add_option(command, "--spec", input.spec, "colonnes et sortes (docs/linking.md)")->required(required);
  add_option(command, "--in", input.left, "fichier CSV")->required(required);
  add_option(command, "--with", input.right, "second fichier CSV : ne rapproche que d'un fichier à l'autre");
  add_option(command, "--threads", input.threads, "fils d'exécution (0 : tous) ; ne change pas le résultat");
}

void add_people_options(CLI::App& command, const Settings& settings, LinkInput& input) {
  input.settings = &settings;
  add_option(command, "--in", input.left, "fichier CSV")->required();
  add_option(command, "--threads", input.threads, "fils d'exécution (0 : tous) ; ne change pas le résultat");
}

linking::Executor executor_of(const LinkInput& input) {
  return thread_executor(input.threads);
}

linking::LinkingSpec read_spec(const std::string& path) {
  auto spec = linking::parse_spec(read_input(path));
  if (spec) return std::move(*spec);
  print_spec_faults(path, spec.error());
  throw Stopped{ExitStatus::usage};
}

linking::FrozenModel read_model(const std::string& path) {
  auto frozen = linking::read_frozen_model(read_input(path));
  if (frozen) return std::move(*frozen);
  print_spec_faults(path, frozen.error());
  throw Stopped{ExitStatus::usage};
}

FrozenRun link_frozen(const linking::FrozenModel& frozen, const LinkInput& input,
                      const linking::Executor& run) {
  FrozenRun made{read_people(frozen.spec, input, run, false), {}, {}};
  made.prepared = linking::prepare_frozen(frozen, made.records, run);
  made.linked = linking::link(made.records, frozen.spec.settings, made.prepared, frozen.model, run);
  return made;
}

linking::Records read_people(const linking::LinkingSpec& spec, const LinkInput& input,
                             const linking::Executor& run, bool disarms) {
  std::optional<std::string> right;
  if (!input.right.empty()) right = read_input(input.right);
  const auto geography = geography_for(spec, *input.settings);
  auto records = linking::read_records(spec, read_input(input.left), std::move(right), run,
                                       linking::Reading{geography ? &*geography : nullptr, disarms});
  if (records) return std::move(*records);
  print_spec_faults(input.spec, records.error().spec);
  print_input_faults(records.error().input);
  throw Stopped{records.error().spec.empty() ? ExitStatus::anomalies : ExitStatus::usage};
}

std::string read_input(const std::string& path) {
  if (path == "-") {
    std::ostringstream content;
    content << std::cin.rdbuf();
    return std::move(content).str();
  }
  return codec::read_file(path);
}

void write_output(const std::string& path, std::string_view content) {
  OutputFile file(path == "-" ? std::string() : path);
  file.sink().write(content);
  file.commit();
}

linking::ClusterOf read_clusters(const std::string& path) {
  const codec::CsvTable table(read_input(path));
  const std::size_t id = table.column("id").value_or(0);
  const std::size_t cluster = table.column("cluster").value_or(1);
  if (table.header().size() <= std::max(id, cluster)) {
    std::cerr << codec::printable(path) << " : deux colonnes attendues, id et cluster\n";
    throw Stopped{ExitStatus::anomalies};
  }
  linking::ClusterOf clusters;
  for (std::size_t row = 0; row < table.size(); ++row)
    clusters.emplace(table.cell(row, id), table.cell(row, cluster));
  return clusters;
}

Action stoppable(std::function<void()> run) {
  return [run = std::move(run)] {
    try {
      run();
    } catch (const Stopped& stopped) {
      return stopped.status;
    }
    return ExitStatus::done;
  };
}

Progress::Progress()
    : m_shown(isatty(STDERR_FILENO) != 0 || std::getenv("PASSERELLE_PROGRESS") != nullptr),
      m_since(std::chrono::steady_clock::now()) {}

void Progress::step(std::string_view name, std::string_view result) {
  const auto now = std::chrono::steady_clock::now();
  const std::chrono::duration<double> taken = now - m_since;
  if (m_shown) std::cerr << fmt::format("{} : {} ({:.2f} s)\n", name, result, taken.count());
  m_since = now;
}

}  // namespace passerelle::server
