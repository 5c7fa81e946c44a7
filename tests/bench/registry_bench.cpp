// Measures durable registrations against the bare SQL of the same rows, in turn in one run, on a private
// PostgreSQL in a folder of the disk that it is run on.
//
// usage: registry_bench [REGISTRATIONS [WORKERS]]
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fmt/format.h>
#include <functional>
#include <memory>
#include <stdlib.h>  // mkdtemp
#include <thread>

#include "gateway/policy/local_policy.hpp"
#include "gateway/service/registry/register_demande.hpp"
#include "gateway/store/cluster.hpp"
#include "gateway/store/exchange_table.hpp"
#include "gateway/store/migrator.hpp"
#include "tests/registry/invented_filing.hpp"

namespace passerelle {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int rounds = 3;
constexpr std::size_t pivot_size = 1000;
constexpr const char* database = "bench";
constexpr const char* reference = R"(SET search_path = passerelle;
  INSERT INTO territory VALUES ('063', 'x', 'Europe/Paris', 'assumption');
  INSERT INTO territory_departement VALUES ('063', '63', '[2010-01-01,)', 'x');
  INSERT INTO allocator VALUES ('063', 'passerelle', '[2010-01-01,)', 'x');
  INSERT INTO guichet VALUES ('063', 'G6301', 'bench', 'x', '[2010-01-01,)', 'x');
  INSERT INTO subscription VALUES ('063', 'sne', '[2010-01-01,)', 'x'))";

/// A folder that goes with the program, and the server in it.
class Server {
 public:
  Server() : m_cluster(std::make_unique<store::Cluster>(store::ClusterSettings{.folder = m_folder})) {
    store::Connection administrator(m_cluster->target(store::Cluster::administrator, "postgres"), "bench");
    store::prepare_database(administrator, "schemas/sql", database);
    store::Connection owner(m_cluster->target("passerelle_owner", database), "bench");
    store::migrate(owner, store::read_migrations("schemas/sql"), model::SystemClock().now());
    store::Connection(m_cluster->target(store::Cluster::administrator, database), "bench")
        .run_script(reference, "reference");
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server() {
    m_cluster.reset();
    fs::remove_all(m_folder);
  }
  [[nodiscard]] store::PoolSettings pool(std::size_t size) const {
    return {.target = m_cluster->target("passerelle_application", database), .size = size};
  }
  [[nodiscard]] fs::path folder() const { return m_folder; }

 private:
  static fs::path make_folder() {
    std::string name = (fs::temp_directory_path() / "passerelle-bench-XXXXXX").string();
    return ::mkdtemp(name.data());
  }

  fs::path m_folder = make_folder();
  std::unique_ptr<store::Cluster> m_cluster;
};

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
  return demande;
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
    store::queue_fact(transaction, {"063", "2026-01-01", "registration", "63113", "30-44", 1, "T2"});
    store::queue_event(transaction, {"063", id, 1, "registration", "2026-01-05", now, "bare", 1});
    store::queue_news(transaction, {"063", id}, 1, 1, now);
    store::queue_message(transaction, {"063", "bare", "cerfa", store::make_uuid(now), id, now, {1, sealed}});
    store::queue_answer(transaction, message, {"063", id}, hash);
    store::queue_leaf(transaction, {"063", store::make_uuid(now), now, "bare", "bench", "register", "bench",
                                    "bench", true, hash});
    return true;
  });
}

using Work = std::function<void(int number)>;

struct Figures {
  double a_second;
  double half_ms;  ///< half of them took less
  double late_ms;  ///< one in a hundred took longer
};

/// Each worker takes every `workers`-th number.
Figures measure(int first, int count, int workers, const Work& work) {
  std::vector<double> took(static_cast<std::size_t>(count));
  const auto began = Clock::now();
  std::vector<std::thread> threads;
  for (int worker = 0; worker < workers; ++worker)
    threads.emplace_back([&, worker] {
      for (int i = worker; i < count; i += workers) {
        const auto start = Clock::now();
        work(first + i);
        took[static_cast<std::size_t>(i)] =
            std::chrono::duration<double, std::milli>(Clock::now() - start).count();
      }
    });
  for (std::thread& thread : threads) thread.join();
  const double seconds = std::chrono::duration<double>(Clock::now() - began).count();
  std::ranges::sort(took);
  return {count / seconds, took[took.size() / 2], took[took.size() * 99 / 100]};
}

void print(std::string_view what, const Figures& figures) {
  fmt::print("{:<14} {:>6.0f}/s   p50 {:>6.1f} ms   p99 {:>6.1f} ms\n", what, figures.a_second,
             figures.half_ms, figures.late_ms);
}

void run(int count, int workers) {
  const Server server;
  store::Pool pool(server.pool(static_cast<std::size_t>(workers)));
  store::Pool numero_pool(server.pool(1));
  store::NumeroAllocator numeros(numero_pool);
  const store::KeyFile keys = store::KeyFile::create(server.folder() / "keys");
  const model::SystemClock clock;
  const service::Registry registry{pool, numeros, keys, clock};
  policy::Request request;
  request.actor.body = request.actor.agent = request.purpose = "bench";
  request.actor.local_administrator = true;
  request.action = policy::Action::register_demande;
  request.territories = {"063"};
  const policy::Decision decision = *policy::LocalPolicy::decide(request);
  const std::string pivot = R"({"pivot":"1","x":")" + std::string(pivot_size, 'x') + "\"}";
  std::vector<double> ratios;
  for (int round = 0; round < rounds; ++round) {
    const Figures bare =
        measure(round * count, count, workers, [&](int number) { insert_rows(pool, number, clock.now()); });
    const Figures whole = measure(round * count, count, workers, [&](int number) {
      const service::Filing filing = service::numbered_household(number, pivot);
      if (!register_demande(registry, decision, filing, {fmt::format("k{}", number), "cerfa", filing.pivot}))
        throw std::runtime_error("a registration was refused");
    });
    print("bare SQL", bare);
    print("registration", whole);
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
  passerelle::run(count, workers);
  return 0;
}
