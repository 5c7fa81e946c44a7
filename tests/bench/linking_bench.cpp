// Measures linking with training on generated people: 10 000 to `argv[1]` lines (1 000 000 without it), ten
// times more at each step, 250 000 among them. Wall and processor seconds, peak memory.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <fmt/format.h>
#include <sys/resource.h>

#include "gateway/linking/generate/generate.hpp"
#include "gateway/linking/link.hpp"
#include "gateway/linking/records/read_records.hpp"
#include "gateway/linking/write_results.hpp"
#include "gateway/server/thread_executor.hpp"

namespace {

using namespace passerelle;

constexpr std::string_view spec_text =
    "id id\nlast_name nom_naissance\nusage_name nom_usage\nfirst_name prenoms\ndate date_naissance\n"
    "place lieu_naissance\nsex sexe\naddress adresse\npostcode code_postal\nplace ville\nphone telephone\n"
    "email courriel\ndemande demande\n";

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double peak_mebibytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// From the text of a file to the texts of pairs and clusters; the number of pairs kept.
std::size_t link_all(std::string people, const linking::Executor& run) {
  const linking::LinkingSpec spec = linking::parse_spec(spec_text).value();
  const linking::Records records = linking::read_records(spec, std::move(people), std::nullopt, run).value();
  const linking::Prepared prepared = linking::prepare(records, run);
  const linking::Linked linked =
      linking::link(records, spec.settings, prepared, linking::train(records, prepared, run), run);
  const std::string pairs = linking::write_pairs(records, linked);
  const std::string clusters = linking::write_clusters(records, linked);
  return pairs.empty() || clusters.empty() ? 0 : linked.pairs.size();
}

void measure(std::size_t count, const linking::Executor& run) {
  std::string people = linking::write_people(linking::generate_people(count, 7, {}));
  const auto start = std::chrono::steady_clock::now();
  const double processor = processor_seconds();
  const std::size_t pairs = link_all(std::move(people), run);
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  fmt::print("{:>8} people: {:7.2f} s wall, {:7.2f} s of processor, {:6} pairs, {:6.0f} MiB at most\n", count,
             wall.count(), processor_seconds() - processor, pairs, peak_mebibytes());
}

}  // namespace

int main(int argc, char** argv) {
  const linking::Executor run = server::thread_executor(2);
  const long most = argc > 1 ? std::atol(argv[1]) : 1'000'000;
  for (const std::size_t count : {10'000, 100'000, 250'000, 1'000'000, 3'000'000}) {
    if (static_cast<long>(count) <= most) measure(count, run);
  }
  return 0;
}
