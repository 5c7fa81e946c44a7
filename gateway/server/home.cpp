#include "gateway/server/home.hpp"

#include <cstdlib>
#include <system_error>

#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/codec/printable.hpp"
#include "gateway/model/clock.hpp"

namespace passerelle::server {
namespace {

namespace fs = std::filesystem;

bool holds_tables(const fs::path& folder) {
  return fs::exists(folder / "mappings" / "pivot");
}

}  // namespace

fs::path find_home(const fs::path& asked) {
  if (!asked.empty()) return asked;
  // NOLINTNEXTLINE(concurrency-mt-unsafe): read before any thread
  if (const char* named = std::getenv("PASSERELLE_HOME")) return named;
  for (fs::path folder = fs::read_symlink("/proc/self/exe").parent_path();; folder = folder.parent_path()) {
    if (holds_tables(folder)) return folder;
    if (holds_tables(folder / "share" / "passerelle")) return folder / "share" / "passerelle";
    if (folder == folder.root_path()) break;
  }
  throw std::system_error(std::make_error_code(std::errc::no_such_file_or_directory),
                          "mappings/pivot (option --home)");
}

mapping::Formats open_formats(const fs::path& home, mapping::TableFaults& faults,
                              const fs::path& more_peers) {
  return {home, model::utc_day(model::SystemClock().now()), faults, more_peers};
}

mapping::Formats open_formats(const fs::path& home, const fs::path& more_peers) {
  mapping::TableFaults faults;
  mapping::Formats formats = open_formats(home, faults, more_peers);
  tell(faults);
  return formats;
}

std::optional<fs::path> find_geography(const fs::path& home) {
  const fs::path program = fs::read_symlink("/proc/self/exe").parent_path();
  for (const fs::path& folder : {home / "geography", program / "share/passerelle/geography"}) {
    if (fs::exists(folder / "communes.csv")) return folder;
  }
  return std::nullopt;
}

std::optional<model::Geography> load_geography(const fs::path& home) {
  const auto folder = find_geography(home);
  if (!folder) return std::nullopt;
  return model::Geography::parse(codec::read_file(*folder / "communes.csv"),
                                 codec::read_file(*folder / "departements.csv"));
}

void tell(const mapping::TableFaults& faults) {
  for (const mapping::TableFault& fault : faults) {
    const std::string line = fault.line == 0 ? std::string() : fmt::format(":{}", fault.line);
    fmt::print(stderr, "{}\n", codec::printable(fmt::format("{}{} : {}", fault.file, line, fault.text)));
    if (!fault.proposal.empty()) fmt::print(stderr, "    {}\n", codec::printable(fault.proposal));
  }
}

}  // namespace passerelle::server
