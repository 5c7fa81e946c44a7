#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>

#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/mapping/documentation.hpp"
#include "gateway/mapping/draft.hpp"
#include "gateway/mapping/matrix.hpp"
#include "gateway/mapping/nearest_name.hpp"
#include "gateway/server/commands/command.hpp"
#include "gateway/server/commands/mapping_draft.hpp"
#include "gateway/server/home.hpp"

namespace passerelle::server {
namespace {

struct Options {
  std::string peer;  ///< empty: all of them
};

/// The tables of this run, with what is wrong with them.
struct Tables {
  mapping::TableFaults faults;
  mapping::Formats formats;

  explicit Tables(const Settings& settings)
      : formats(open_formats(find_home(settings.home), faults, settings.peers)) {}
};

/// The peers asked for; throws CLI::ValidationError when there is none of that name.
std::vector<const mapping::Peer*> peers_of(const mapping::Formats& formats, const std::string& asked) {
  std::vector<const mapping::Peer*> peers;
  std::vector<std::string> names;
  for (const mapping::Peer& known : formats.peers()) {
    names.push_back(known.name);
    if (asked.empty() || known.name == asked) peers.push_back(&known);
  }
  if (!peers.empty() || asked.empty()) return peers;
  const auto nearest = mapping::nearest_name(asked, names);
  throw CLI::ValidationError(fmt::format("partenaire inconnu : {}{}", asked,
                                         nearest ? fmt::format(" ; le plus proche : {}", *nearest) : ""));
}

/// The compiled messages of a peer; what does not compile is told in `faults`.
std::vector<const mapping::Plan*> plans_of(Tables& tables, const mapping::Peer& peer) {
  std::vector<const mapping::Plan*> plans;
  for (const mapping::MappingSource& source : peer.messages) {
    if (const mapping::Format* format = tables.formats.get(source, tables.faults))
      plans.push_back(format->plan.get());
  }
  return plans;
}

ExitStatus end(const Tables& tables) {
  tell(tables.faults);
  return tables.faults.empty() ? ExitStatus::done : ExitStatus::anomalies;
}

std::size_t count_codes_to_review(const mapping::Peer& peer) {
  std::size_t rows = 0;
  if (!std::filesystem::exists(peer.folder / "codes")) return rows;
  for (const auto& file : std::filesystem::directory_iterator(peer.folder / "codes")) {
    const codec::CsvTable table(codec::read_file(file.path()));
    for (std::size_t row = 0; row < table.size(); ++row)
      rows += table.cell(row, "note") == mapping::to_review ? 1U : 0U;
  }
  return rows;
}

/// The lines of the tables of a peer, code tables included, that a draft wrote and nobody has looked at.
std::size_t count_to_review(const mapping::Peer& peer) {
  std::set<std::pair<std::string, std::uint32_t>> lines;
  for (const mapping::MappingSource& source : peer.messages) {
    for (const mapping::FieldLine& line : source.lines) {
      if (line.basis == mapping::to_review) lines.emplace(line.file, line.line);
    }
  }
  return lines.size() + count_codes_to_review(peer);
}

/// What its author still has to do, most pressing first; empty when nothing.
std::string work_left(const mapping::TableFaults& faults, std::size_t to_review) {
  const auto count = [&](mapping::TableWork work) {
    return static_cast<std::size_t>(std::ranges::count(faults, work, &mapping::TableFault::work));
  };
  const std::array<std::pair<std::size_t, std::string_view>, 4> kinds{
      {{count(mapping::TableWork::correct), "faute(s) à corriger"},
       {count(mapping::TableWork::write), "ligne(s) à écrire"},
       {count(mapping::TableWork::translate), "code(s) à traduire"},
       {to_review, "ligne(s) à revoir"}}};
  std::vector<std::string> parts;
  for (const auto& [number, what] : kinds) {
    if (number > 0) parts.push_back(fmt::format("{} {}", number, what));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

ExitStatus check(const Settings& settings, const Options& options) {
  Tables tables(settings);
  std::size_t compiled = 0;
  std::size_t to_review = 0;
  for (const mapping::Peer* peer : peers_of(tables.formats, options.peer)) {
    compiled += plans_of(tables, *peer).size();
    to_review += count_to_review(*peer);
  }
  const ExitStatus status = end(tables);
  fmt::print("{} message(s) compilé(s), {} faute(s)\n", compiled, tables.faults.size());
  const std::string left = work_left(tables.faults, to_review);
  if (!left.empty()) fmt::print("reste à faire : {}\n", left);
  return status;
}

ExitStatus matrix(const Settings& settings, const Options& options) {
  Tables tables(settings);
  std::vector<const mapping::Plan*> plans;
  for (const mapping::Peer* peer : peers_of(tables.formats, options.peer)) {
    const auto of_peer = plans_of(tables, *peer);
    plans.insert(plans.end(), of_peer.begin(), of_peer.end());
  }
  fmt::print("{}", loss_matrix(tables.formats.pivot(), plans));
  return end(tables);
}

ExitStatus document(const Settings& settings, const Options& options) {
  Tables tables(settings);
  for (const mapping::Peer* peer : peers_of(tables.formats, options.peer))
    fmt::print("{}", document_peer(*peer, tables.formats.pivot(), plans_of(tables, *peer)));
  return end(tables);
}

}  // namespace

void add_mapping(CLI::App& app, const Settings& settings, Action& action) {
  CLI::App* command =
      add_command(app, "mapping", "contrôle, matrice des pertes et documentation des correspondances");
  command->require_subcommand(1);
  const auto add = [&](const VerbName& name, ExitStatus (*run)(const Settings&, const Options&)) {
    const auto [verb, options] = add_verb(*command, name, run, settings, action);
    add_option(*verb, "peer", options->peer, "partenaire, par exemple sne ; rien : tous");
  };
  add({"check", "compile chaque table et liste toutes les fautes, ligne par ligne"}, check);
  add({"matrix", "matrice des pertes : champ du pivot x message, en CSV"}, matrix);
  add({"doc", "documentation en français d'un partenaire, en Markdown"}, document);
  add_mapping_draft(*command, settings, action);
}

}  // namespace passerelle::server
