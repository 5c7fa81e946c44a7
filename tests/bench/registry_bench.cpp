// Measures durable registrations against the bare SQL of the same rows, in turn in one run, on a private
// PostgreSQL in a folder of the disk that it is run on.
//
// usage: registry_bench [REGISTRATIONS [WORKERS [PEOPLE]]]
//   PEOPLE  who have a demande in the territory before the first registration (0)
#include <algorithm>
#include <fmt/format.h>

#include "gateway/service/access/authorize.hpp"
#include "gateway/service/registry/register_demande.hpp"
#include "tests/bench/bare_registration.hpp"
#include "tests/bench/linked_registry.hpp"
#include "tests/bench/registry_measure.hpp"
#include "tests/registry/invented_filing.hpp"

namespace passerelle {
namespace {

constexpr int rounds = 3;

void run(int count, int workers, int people) {
  const bench::Server server;
  bench::LinkedRegistry open(server, static_cast<std::size_t>(workers));
  const service::Registry& registry = open.registry;
  if (people > 0) {
    bench::fill(registry, people);
    server.connect(store::Cluster::administrator).run_script("ANALYZE; CHECKPOINT", "analyze");
  }
  const policy::Decision decision = *service::authorize(
      registry, service::local_administrator("bench", "bench"), policy::Action::register_demande, {"063"});
  const std::string pivot = R"({"pivot":"1","x":")" + std::string(bench::bare_pivot_size, 'x') + "\"}";
  std::vector<double> ratios;
  for (int round = 0; round < rounds; ++round) {
    const int first = people + round * count;  // strangers
    const bench::Figures bare = bench::measure(first, count, workers, [&](int number) {
      bench::insert_rows(registry.pool, number, registry.clock.now());
    });
    const bench::Figures whole = bench::measure(first, count, workers, [&](int number) {
      const service::Filing filing = service::numbered_household(number, pivot);
      if (!register_demande(registry, decision, filing, {fmt::format("k{}", number), "cerfa", filing.pivot}))
        throw std::runtime_error("a registration was refused");
    });
    bench::print("bare SQL", bare);
    bench::print("registration", whole);
    ratios.push_back(whole.a_second / bare.a_second);
  }
  std::ranges::sort(ratios);
  fmt::print(
      "registration is {:.2f} of the bare SQL of the same rows ({} workers, the middle of {} rounds)\n",
      ratios[rounds / 2], workers, rounds);
}

}  // namespace
}  // namespace passerelle

int main(int argc, char** argv) {
  const int count = argc > 1 ? std::stoi(argv[1]) : 4000;
  const int workers = argc > 2 ? std::stoi(argv[2]) : 8;
  const int people = argc > 3 ? std::stoi(argv[3]) : 0;
  passerelle::run(count, workers, people);
  return 0;
}
