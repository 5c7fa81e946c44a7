// Measures durable registrations against the bare SQL of the same rows, in turn in one run, on a private
// PostgreSQL in a folder of the disk that it is run on.
//
// usage: registry_bench [REGISTRATIONS [WORKERS [PEOPLE]]]
//   PEOPLE  who have a demande in the territory before the first registration (0)
#include <algorithm>
#include <fmt/format.h>

#include "gateway/service/access/authorize.hpp"
#include "gateway/service/registry/register_demande.hpp"
#include "gateway/store/exchange_table.hpp"
#include "gateway/store/fact_table.hpp"
#include "gateway/store/presentation_table.hpp"
#include "tests/bench/linked_registry.hpp"
#include "tests/bench/registry_measure.hpp"
#include "tests/registry/invented_filing.hpp"

namespace passerelle {
namespace {

constexpr int rounds = 3;
constexpr std::size_t pivot_size = 1000;
constexpr int keys_of_one = 9;  // of the person of `numbered_household`

/// What the rows of a demande hold, made of octets that were there before.
store::NewDemande bare_demande(const model::Uuid& id, int number, model::Time now) {
  const store::Bytes hash(32, static_cast<std::uint8_t>(number));
  store::HolderKey holder;
  holder.identity = store::Bytes(id.octets().begin(), id.octets().end());
  holder.identity.resize(hash.size());
  holder.contacts = {hash};
  holder.nir = hash;
  store::NewDemande demande{.territory = "063", .id = id};
  demande.state = "active";
  demande.guichet = "G6301";
  demande.deposited_on = "2026-01-05";
  demande.registered_at = now;
  demande.numero = fmt::format("bare{}", number);
  demande.numero_reason = "allocated";
  demande.key.generation = 1;
  demande.key.octets = store::Bytes(60, 1);
  demande.version = store::Bytes(pivot_size, 7);
  demande.holders.push_back({holder, store::Sealed{1, hash}});
  demande.communes = {"63113"};
  demande.counted = true;
  demande.bands = store::Bytes(80, 3);
  return demande;
}

/// As many keys as a person has, and what is compared.
store::NewPresentation bare_presentation(const model::Uuid& id, int number) {
  store::NewPresentation presentation{
      .holder = 0, .mac = store::Bytes(32, 1), .keys = {}, .id = id, .sealed = store::Bytes(220, 5)};
  for (int key = 0; key < keys_of_one; ++key)
    presentation.keys.push_back(static_cast<std::int64_t>(
        service::chance_of(static_cast<std::uint64_t>(number * keys_of_one + key))));
  return presentation;
}

model::Fact bare_fact() {
  return {.month = "2026-01-01",
          .kind = "registration",
          .bands = {"63113", "30-44", std::int16_t{1}, "t2", "1000-1499", "locatairePrive"},
          .motion = 1};
}

/// The same rows, made of octets that were there before: no look-up, no lock, no cipher, no number.
void insert_rows(store::Pool& pool, int number, model::Time now) {
  const store::Scope scope{.context = "bare", .territories = {"063"}, .body = "bare"};
  const store::Bytes hash(32, static_cast<std::uint8_t>(number));
  const store::Bytes sealed(pivot_size, 7);
  store::in_transaction(pool, scope, [&](store::Transaction& transaction) {
    const model::Uuid id = store::make_uuid(now);
    const store::KeyedMessage message{"bare", fmt::format("k{}", number), hash, now};
    store::queue_claim(transaction, message);
    store::queue_demande(transaction, bare_demande(id, number, now));
    store::queue_presentation(transaction, {"063", id}, bare_presentation(store::make_uuid(now), number),
                              now);
    store::queue_fact(transaction, "063", bare_fact());
    const store::Event event{"063", id, 1, "registration", "2026-01-05", now, "bare", 1};
    store::queue_event(transaction, event);
    store::queue_news(transaction, event);
    store::queue_message(transaction, {"063", "bare", "cerfa", store::make_uuid(now), id, now, {1, sealed}});
    store::queue_answer(transaction, message, {"063", id}, hash);
    store::queue_leaf(transaction, {"063", store::make_uuid(now), now, "bare", "bench", "register", "bench",
                                    "bench", true, hash});
    return true;
  });
}

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
  const std::string pivot = R"({"pivot":"1","x":")" + std::string(pivot_size, 'x') + "\"}";
  std::vector<double> ratios;
  for (int round = 0; round < rounds; ++round) {
    const int first = people + round * count;  // strangers
    const bench::Figures bare = bench::measure(
        first, count, workers, [&](int number) { insert_rows(registry.pool, number, registry.clock.now()); });
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
