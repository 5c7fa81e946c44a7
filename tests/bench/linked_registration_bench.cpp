// What linking adds to a registration against a whole territory, its index warm: the same strangers
// registered with and without it, in turn in one run; and whether an answer tells, by its time, that a person
// is there.
//
// usage: linked_registration_bench [PEOPLE [REGISTRATIONS]]    run from the folder of the project
#include <algorithm>
#include <fmt/format.h>

#include "gateway/service/access/authorize.hpp"
#include "gateway/service/registry/register_demande.hpp"
#include "tests/bench/linked_registry.hpp"
#include "tests/bench/registry_measure.hpp"
#include "tests/registry/invented_filing.hpp"

namespace passerelle {
namespace {

constexpr int strangers_from = 10'000'000;

double milliseconds(const std::function<void()>& work) {
  const auto began = bench::Clock::now();
  work();
  return std::chrono::duration<double, std::milli>(bench::Clock::now() - began).count();
}

bench::Figures figures_of(std::vector<double> took) {
  double sum = 0;
  for (const double one : took) sum += one;
  std::ranges::sort(took);
  return {1000.0 * static_cast<double>(took.size()) / sum, took[took.size() / 2],
          took[took.size() * 99 / 100]};
}

/// Whether the time of a receipt tells that a person is there.
void time_deposits(const bench::Server& server, const service::Registry& registry, int people, int count) {
  server.connect(store::Cluster::administrator)
      .run_script(
          "INSERT INTO passerelle.account VALUES ('anne', 'personne', NULL, '', '[2010-01-01,)', 'x')",
          "account");
  const service::Requester anne = {.actor = {"personne:anne", "anne", "anne", "demandeur"},
                                   .purpose = policy::Purpose::enregistrement,
                                   .channel = policy::Channel::portail,
                                   .reason = {}};
  const auto deposit = [&](int number, int rank) {
    const service::Filing filing = service::numbered_household(number, R"({"pivot":"1"})");
    const auto permitted = service::authorize_filing(registry, anne, "063", filing);
    return milliseconds([&] {
      if (!register_demande(registry, permitted.value(), filing,
                            {fmt::format("d{}", rank), "cerfa", filing.pivot}))
        throw std::runtime_error("a deposit was refused");
    });
  };
  std::vector<double> known;
  std::vector<double> unknown;
  for (int i = 0; i < count; ++i) {
    known.push_back(deposit(i % people, 2 * i));
    unknown.push_back(deposit(-1 - i, 2 * i + 1));
  }
  const bench::Figures one = figures_of(known);
  const bench::Figures two = figures_of(unknown);
  bench::print("known person", one);
  bench::print("unknown", two);
  fmt::print("a receipt for a known person takes {:.2f} of that for an unknown one at p50, {:.2f} at p99\n",
             one.half_ms / two.half_ms, one.late_ms / two.late_ms);
}

void run(int people, int count) {
  const bench::Server server;
  bench::LinkedRegistry open(server, 8);
  const service::Registry& with = open.registry;
  service::Registry without = with;
  without.linker = nullptr;
  const policy::Decision decision = *service::authorize(with, service::local_administrator("bench", "bench"),
                                                        policy::Action::register_demande, {"063"});
  fmt::print("filling: {:.0f} s\n", milliseconds([&] { bench::fill(with, people); }) / 1000);
  server.connect(store::Cluster::administrator).run_script("ANALYZE; CHECKPOINT", "analyze");
  const std::string pivot = R"({"pivot":"1","x":")" + std::string(1000, 'x') + "\"}";
  const auto registration = [&](const service::Registry& registry, int number) {
    const service::Filing filing = service::numbered_household(number, pivot);
    return milliseconds([&] {
      const service::Message message{fmt::format("k{}", number), "cerfa", filing.pivot};
      if (!register_demande(registry, decision, filing, message))
        throw std::runtime_error("a registration was refused");
    });
  };
  for (int number = 0; number < 200; ++number) registration(with, strangers_from - 1 - number);  // warm
  std::vector<double> plain;
  std::vector<double> linked;
  std::vector<double> added;
  for (int i = 0; i < count; ++i) {
    plain.push_back(registration(without, strangers_from + 2 * i));
    linked.push_back(registration(with, strangers_from + 2 * i + 1));
    added.push_back(linked.back() - plain.back());
  }
  bench::print("without", figures_of(plain));
  bench::print("with linking", figures_of(linked));
  const bench::Figures one = figures_of(plain);
  const bench::Figures two = figures_of(linked);
  fmt::print(
      "linking against {} people adds {:.2f} ms at p50, {:.2f} ms at p99; the middle of the differences "
      "of neighbours is {:.2f} ms\n",
      people, two.half_ms - one.half_ms, two.late_ms - one.late_ms, figures_of(added).half_ms);
  const int next = strangers_from + 2 * count;
  time_deposits(server, with, people, count);
  bench::print("8 at once", bench::measure(next, 2000, 8, [&](int number) { registration(with, number); }));
}

}  // namespace
}  // namespace passerelle

int main(int argc, char** argv) {
  passerelle::run(argc > 1 ? std::stoi(argv[1]) : 250'000, argc > 2 ? std::stoi(argv[2]) : 2'000);
  return 0;
}
