// Measures the door of the SNE services as `passerelle serve` opens it, over mutual TLS: registrations and
// readings against the bare SQL of their rows, idle connections, and three times what can be done. The server
// has one core, its PostgreSQL and this program another: sne_door_bench.py prepares and starts all of it.
//
// usage: sne_door_bench FOLDER DATA PORT SERVER CORE SECONDS IDLE    run from the folder of the project
//   FOLDER   ca.pem, client.pem, client.key, and demandes.xml: creations of the SNE, each of other people
//   DATA     of the registry that is served
//   SERVER   the process of `passerelle serve`
//   CORE     that of the server, which the bare SQL is sent from
//   SECONDS  that each step lasts
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <set>
#include <sys/resource.h>

#include "gateway/codec/csv/csv_table.hpp"
#include "tests/bench/bare_registration.hpp"
#include "tests/bench/load.hpp"
#include "tests/bench/processes.hpp"
#include "tests/bench/registry_measure.hpp"
#include "tests/bench/sne_messages.hpp"

namespace passerelle::bench {
namespace {

namespace http = server::http;

constexpr int rounds = 3;
constexpr int workers = 8;
constexpr double share_of_capacity = 0.7;
constexpr double overload = 3;
constexpr std::size_t open_loop_connections = 256;  ///< more than queue and workers hold
constexpr Seconds useful{2};                        ///< a later answer is worth nothing

/// What a reading finds: the number's demande, its key and version; `bare_leaf` is its trace.
constexpr store::Statement bare_reading = {
    "bare_reading",
    "SELECT v.demande_id, n.numero, v.version, v.recorded_at, v.sealed, k.generation, k.wrapped "
    "FROM passerelle.numero n "
    "JOIN passerelle.demande_version v ON v.territory = $1 AND v.demande_id = n.demande_id "
    "JOIN passerelle.demande_key k ON k.territory = $1 AND k.demande_id = n.demande_id "
    "WHERE n.territory = $1 AND n.numero = $2 ORDER BY v.version DESC LIMIT 1"};

struct Settings {
  fs::path folder;
  fs::path data;
  std::uint16_t port;
  pid_t server;
  int core;
  Seconds lasts;
  std::size_t idle;
};

void tell(std::string_view name, double value, std::string_view unit) {
  fmt::print("{:<44} {:>9.2f} {}\n", name, value, unit);
}

void tell(std::string_view name, const Outcome& outcome) {
  tell(fmt::format("{}_rate", name), outcome.a_second(), "/s");
  tell(fmt::format("{}_p50", name), quantile(outcome.good_ms, 0.5), "ms");
  tell(fmt::format("{}_p99", name), quantile(outcome.good_ms, 0.99), "ms");
  if (!outcome.late_start_ms.empty())
    tell(fmt::format("{}_left_late_p99", name), quantile(outcome.late_start_ms, 0.99), "ms");
  if (outcome.refused > 0) tell(fmt::format("{}_refused", name), outcome.refused, "requests");
  if (outcome.wrong > 0) tell(fmt::format("{}_wrong", name), outcome.wrong, "requests");
}

double middle(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

class DoorBench {
 public:
  explicit DoorBench(const Settings& settings)
      : m_settings(settings),
        m_tls(
            {settings.folder / "client.pem", settings.folder / "client.key", settings.folder / "ca.pem", {}},
            m_clock.now()),
        m_documents(codec::read_file((settings.folder / "demandes.xml").string())),
        m_cluster({.folder = settings.data}) {
    make_database(m_cluster);
    m_pool = std::make_unique<store::Pool>(
        store::PoolSettings{.target = m_cluster.target("passerelle_application", database), .size = workers});
  }

  void run_all() {
    measure_registrations();
    measure_readings();
    measure_idle();
    measure_overload();
    const std::set<std::string> distinct(m_numeros.begin(), m_numeros.end());
    tell("registrations_answered", static_cast<double>(m_numeros.size()), "answers");
    tell("registrations_of_others", static_cast<double>(distinct.size()), "numbers");
  }

 private:
  Outcome ask(const Questions& questions, std::size_t connections, double rate = 0) const {
    return run(m_tls, m_settings.port, {connections, m_settings.lasts, rate}, questions);
  }

  Questions registrations() {
    return {.next = [this] { return m_documents.take(); },
            .ask = [this](std::size_t rank) { return creation_of(m_documents.text(rank)); },
            .is_good =
                [this](std::size_t rank, const ClientAnswer& answer) {
                  std::string numero = numero_in(answer.body);
                  if (answer.status == 200 && !numero.empty()) {
                    m_numeros.push_back(std::move(numero));
                    return true;
                  }
                  if (answer.status != 200) m_documents.give_back(rank);
                  return false;
                }};
  }

  /// Of the numbers that registrations gave, each as often as any other.
  Questions readings() {
    return {.next = [this] { return service::chance_of(m_read++) % m_numeros.size(); },
            .ask = [this](std::size_t rank) { return reading_of(m_numeros[rank]); },
            .is_good =
                [this](std::size_t rank, const ClientAnswer& answer) {
                  return answer.status == 200 && numero_in(answer.body) == m_numeros[rank] &&
                         answer.body.find("listeAnomalie") == std::string::npos;
                }};
  }

  Figures insert_bare() {
    const OnCore core(m_settings.core);
    const int count = static_cast<int>(m_settings.lasts.count() * 500);
    const int first = std::exchange(m_bare, m_bare + count);
    return measure(first, count, workers, [&](int number) { insert_rows(*m_pool, number, m_clock.now()); });
  }

  Figures read_bare() const {
    const OnCore core(m_settings.core);
    const int count = static_cast<int>(m_settings.lasts.count() * 1000);
    return measure(0, count, workers, [&](int number) {
      store::in_transaction(*m_pool, bare_scope(), [&](store::Transaction& transaction) {
        transaction.queue(bare_reading, store::Parameters("063", bare_numero(number % m_bare)));
        store::queue_leaf(transaction, bare_leaf(m_clock.now(), "show"));
        if (transaction.flush().front().empty()) throw std::runtime_error("a bare reading found nothing");
        return true;
      });
    });
  }

  /// The middle of what the rounds say, in turn with the bare SQL, and what of that is reached.
  template <typename Bare>
  double compare(std::string_view name, const Questions& questions, Bare bare) {
    std::vector<double> ratios;
    std::vector<double> rates;
    for (int round = 0; round < rounds; ++round) {
      const Figures rows = bare();
      const double served = processor_seconds(m_settings.server);
      const double stored = database_seconds(m_cluster.server());
      const Outcome outcome = ask(questions, workers);
      const double each = 1000 / static_cast<double>(outcome.good_ms.size());
      tell(fmt::format("{}_bare_sql_rate", name), rows.a_second, "/s");
      tell(fmt::format("{}_bare_sql_p50", name), rows.half_ms, "ms");
      tell(fmt::format("{}_8_connections", name), outcome);
      tell(fmt::format("{}_server_core", name), (processor_seconds(m_settings.server) - served) * each,
           "ms each");
      tell(fmt::format("{}_database_core", name), (database_seconds(m_cluster.server()) - stored) * each,
           "ms each");
      rates.push_back(outcome.a_second());
      ratios.push_back(outcome.a_second() / rows.a_second);
    }
    tell(fmt::format("{}_to_bare_sql", name), middle(ratios), "of the rate");
    return middle(rates);
  }

  /// A registry that has lived knows how large its tables are: an empty one chooses its indexes blindly.
  void warm() {
    static_cast<void>(ask(registrations(), workers));
    insert_bare();
    for (const char* name : {"passerelle", database})
      store::Connection(m_cluster.target(store::Cluster::administrator, name), "bench")
          .run_script("ANALYZE; CHECKPOINT", "analyze");
  }

  void measure_registrations() {
    warm();
    const double eight = compare("registration", registrations(), [this] { return insert_bare(); });
    const Outcome sixteen = ask(registrations(), 2 * workers);
    tell("registration_16_connections", sixteen);
    ask_at(share_of_capacity * std::max(eight, sixteen.a_second()), "registration_open_loop",
           registrations());
  }

  void measure_readings() {
    static_cast<void>(ask(readings(), workers));
    const double rate = compare("reading", readings(), [this] { return read_bare(); });
    ask_at(share_of_capacity * rate, "reading_open_loop", readings());
  }

  void ask_at(double rate, std::string_view name, const Questions& questions) const {
    tell(fmt::format("{}_asked", name), rate, "/s");
    tell(name, run(m_tls, m_settings.port, {open_loop_connections, 2 * m_settings.lasts, rate}, questions));
  }

  /// In turn, so that a change of the machine falls on both.
  void measure_idle() {
    OneClient alone;
    OneClient beside;
    for (int round = 0; round < rounds; ++round) {
      ask_one(alone);
      if (round == 0) tell_process("one_client_alone");
      const auto began = Clock::now();
      const LoadConnections idle = connect(m_tls, m_settings.port, m_settings.idle);
      const double opened = Seconds(Clock::now() - began).count();
      ask_one(beside);
      if (round == 0) tell("idle_connections_opened", static_cast<double>(idle.size()) / opened, "/s");
      if (round == 0) tell_process(fmt::format("one_client_beside_{}_idle", idle.size()));
    }
    tell_one("one_client_alone", alone);
    tell_one(fmt::format("one_client_beside_{}_idle", m_settings.idle), beside);
    for (const double share : {0.5, 0.99})
      tell(fmt::format("one_client_beside_idle_to_alone_p{:.0f}", share * 100),
           quantile(beside.all.good_ms, share) / quantile(alone.all.good_ms, share), "of the time");
    tell("one_client_beside_idle_to_alone_server_core", beside.server_ms_each() / alone.server_ms_each(),
         "of the processor time");
  }

  struct OneClient {
    Outcome all;
    double server_seconds = 0;
    [[nodiscard]] double server_ms_each() const {
      return server_seconds * 1000 / static_cast<double>(all.good_ms.size());
    }
  };

  /// Some more readings of one client.
  void ask_one(OneClient& client) {
    const double began = processor_seconds(m_settings.server);
    const Outcome more = run(m_tls, m_settings.port, {1, m_settings.lasts / 2, 0}, readings());
    client.server_seconds += processor_seconds(m_settings.server) - began;
    client.all.good_ms.insert(client.all.good_ms.end(), more.good_ms.begin(), more.good_ms.end());
    std::ranges::sort(client.all.good_ms);
    client.all.refused += more.refused;
    client.all.wrong += more.wrong;
    client.all.took += more.took;
  }

  static void tell_one(std::string_view name, const OneClient& client) {
    tell(name, client.all);
    tell(fmt::format("{}_server_core", name), client.server_ms_each(), "ms each");
  }

  void tell_process(const std::string& name) const {
    tell(fmt::format("{}_threads", name), status_of(m_settings.server, "Threads:"), "threads");
    tell(fmt::format("{}_memory", name), status_of(m_settings.server, "VmRSS:") / 1024, "MiB");
  }

  /// The peak is measured anew in each round, just before.
  void measure_overload() {
    std::vector<double> ratios;
    for (int round = 0; round < rounds; ++round) {
      const double peak = ask(registrations(), 2 * workers).a_second();
      const double began = processor_seconds(::getpid());
      const Outcome outcome = ask(registrations(), open_loop_connections, overload * peak);
      const double used = processor_seconds(::getpid()) - began;
      const double goodput = outcome.a_second_within(useful);
      tell("overload_peak", peak, "/s");
      tell("overload_asked", overload * peak, "/s");
      tell("overload", outcome);
      tell("overload_goodput", goodput, "/s");
      tell("overload_load_itself", used / outcome.took.count(), "of its core");
      ratios.push_back(goodput / peak);
    }
    tell("overload_goodput_to_peak", middle(ratios), "of the peak");
  }

  const Settings& m_settings;
  model::SystemClock m_clock;
  http::ClientTls m_tls;
  Documents m_documents;
  store::Cluster m_cluster;
  std::unique_ptr<store::Pool> m_pool;
  std::vector<std::string> m_numeros;
  std::uint64_t m_read = 0;
  int m_bare = 0;
};

/// A server that closes must not end the program; a thousand connections are more than usual; each figure is
/// told when it is there.
void prepare_process() {
  ::setvbuf(stdout, nullptr, _IOLBF, 0);
  static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace
}  // namespace passerelle::bench

int main(int argc, char** argv) {
  namespace bench = passerelle::bench;
  if (argc != 8) {
    fmt::print(stderr, "sne_door_bench.py starts this\n");
    return 2;
  }
  bench::prepare_process();
  const bench::Settings settings{.folder = argv[1],
                                 .data = argv[2],
                                 .port = static_cast<std::uint16_t>(std::stoi(argv[3])),
                                 .server = std::stoi(argv[4]),
                                 .core = std::stoi(argv[5]),
                                 .lasts = bench::Seconds(std::stod(argv[6])),
                                 .idle = std::stoul(argv[7])};
  bench::DoorBench(settings).run_all();
  return 0;
}
