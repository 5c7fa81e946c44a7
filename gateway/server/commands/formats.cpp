#include <fmt/format.h>

#include "gateway/codec/csv/csv_cell.hpp"
#include "gateway/codec/printable.hpp"
#include "gateway/mapping/coverage.hpp"
#include "gateway/server/commands/command.hpp"
#include "gateway/server/home.hpp"

namespace passerelle::server {
namespace {

ExitStatus run(const Settings& settings) {
  mapping::Formats formats = open_formats(find_home(settings.home), settings.peers);
  mapping::TableFaults faults;
  fmt::print("format,statut,champs du pivot couverts,titre\n");
  for (const mapping::Peer& peer : formats.peers()) {
    for (const mapping::MappingSource& source : peer.messages) {
      const mapping::Format* format = formats.get(source, faults);
      if (format == nullptr) continue;
      const mapping::CoverageCount count = mapping::count_coverage(*format->plan);
      fmt::print("{},{},{}/{},{}\n", codec::csv_cell(codec::printable(format->plan->name())),
                 codec::csv_cell(codec::printable(peer.status)), count.mapped, count.fields,
                 codec::csv_cell(codec::printable(source.title)));
    }
  }
  tell(faults);
  return faults.empty() ? ExitStatus::done : ExitStatus::usage;
}

}  // namespace

void add_formats(CLI::App& app, const Settings& settings, Action& action) {
  CLI::App* const formats =
      add_command(app, "formats", "liste les formats, leurs versions et ce qu'ils couvrent du pivot");
  on_chosen(*formats, [&settings, &action] { action = [&settings] { return run(settings); }; });
}

}  // namespace passerelle::server
