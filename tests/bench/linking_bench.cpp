// Measures linking with training on generated people: 10 000 to `argv[1]` lines (1 000 000 without it), ten
// times more at each step, 250 000 among them. Wall and processor seconds, peak memory (that of the generator
// included), quality; fails when the quality falls under its gate.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <fmt/format.h>
#include <sys/resource.h>
#include <unordered_map>

#include "gateway/linking/generate/generate.hpp"
#include "gateway/linking/link.hpp"
#include "gateway/linking/records/read_records.hpp"
#include "gateway/linking/write_results.hpp"
#include "gateway/server/thread_executor.hpp"

namespace {

using namespace passerelle;

constexpr std::uint64_t seed = 7;
constexpr double least_f1 = 0.985;
constexpr double least_precision = 0.999;
constexpr std::size_t gated_from = 100'000;  // fewer people tell a precision of one in a thousand by chance
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

/// What linking found: the lines of one person share a number.
struct Found {
  std::vector<linking::ScoredPair> pairs;
  std::vector<linking::RecordId> clusters;
};

/// From the text of a file to the texts of pairs and clusters.
Found link_all(std::string people, const linking::Executor& run) {
  const linking::LinkingSpec spec = linking::parse_spec(spec_text).value();
  const linking::Records records = linking::read_records(spec, std::move(people), std::nullopt, run).value();
  const linking::Prepared prepared = linking::prepare(records, run);
  linking::Linked linked =
      linking::link(records, spec.settings, prepared, linking::train(records, prepared, run), run);
  if (linking::write_results(records, linked, run).pairs.empty()) return {};
  return {std::move(linked.pairs), std::move(linked.clusters)};
}

struct Quality {
  double f1 = 0;                   ///< of the pairs within clusters
  double automatic_precision = 1;  ///< of the pairs decided without a reader
};

double pairs_of(const std::unordered_map<std::uint64_t, std::uint64_t>& sizes) {
  double pairs = 0;
  for (const auto& [key, size] : sizes)
    pairs += static_cast<double>(size) * static_cast<double>(size - 1) / 2;
  return pairs;
}

/// `person[i]` is the truth of record i: ids are written in the order of the list.
Quality measure_quality(const std::vector<std::uint32_t>& person, const Found& found) {
  std::unordered_map<std::uint64_t, std::uint64_t> actual;
  std::unordered_map<std::uint64_t, std::uint64_t> given;
  std::unordered_map<std::uint64_t, std::uint64_t> both;
  for (std::size_t i = 0; i < person.size(); ++i) {
    ++actual[person[i]];
    ++given[found.clusters[i]];
    ++both[(std::uint64_t{person[i]} << 32U) | found.clusters[i]];
  }
  double same = 0;
  double right = 0;
  for (const linking::ScoredPair& pair : found.pairs) {
    if (pair.decision != linking::Decision::same) continue;
    same += 1;
    right += person[pair.pair.left] == person[pair.pair.right] ? 1 : 0;
  }
  return {2 * pairs_of(both) / (pairs_of(actual) + pairs_of(given)), same > 0 ? right / same : 1};
}

std::string people_of(std::size_t count, std::vector<std::uint32_t>& person) {
  const auto people = linking::generate_people(count, seed, {});
  for (const auto& one : people) person.push_back(static_cast<std::uint32_t>(one.person));
  return linking::write_people(people);
}

bool measure(std::size_t count, const linking::Executor& run) {
  std::vector<std::uint32_t> person;
  std::string people = people_of(count, person);
  const auto start = std::chrono::steady_clock::now();
  const double processor = processor_seconds();
  const Found found = link_all(std::move(people), run);
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  const double used = processor_seconds() - processor;
  const Quality quality = measure_quality(person, found);
  fmt::print(
      "{:>8} people: {:6.2f} s wall, {:6.2f} s of processor, {:5.0f} MiB at most, F1 {:.5f}, precision of "
      "automatic decisions {:.5f}\n",
      count, wall.count(), used, peak_mebibytes(), quality.f1, quality.automatic_precision);
  return count < gated_from || (quality.f1 >= least_f1 && quality.automatic_precision >= least_precision);
}

}  // namespace

int main(int argc, char** argv) {
  const linking::Executor run = server::thread_executor(2);
  fmt::print("error rates:\n{}", linking::write_rates({}));
  bool good = true;
  const long most = argc > 1 ? std::atol(argv[1]) : 1'000'000;
  for (const int count : {10'000, 100'000, 250'000, 1'000'000, 3'000'000}) {
    if (count <= most) good = measure(static_cast<std::size_t>(count), run) && good;
  }
  return good ? 0 : 1;
}
