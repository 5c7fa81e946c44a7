// Measures the HTTPS front: whether idle connections slow an active one, and what is still answered when
// three times as much is asked as can be done. Clients and server share the machine.
//
// usage: http_bench [IDLE [SECONDS]]
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fmt/format.h>
#include <memory>
#include <stdlib.h>  // mkdtemp
#include <sys/resource.h>
#include <thread>
#include <vector>

#include "gateway/server/http/server.hpp"
#include "tests/unit/server/http/test_authority.hpp"
#include "tests/unit/server/http/test_client.hpp"

namespace passerelle::server::http {
namespace {

namespace chr = std::chrono;
namespace fs = std::filesystem;
using Seconds = chr::duration<double>;
using Clients = std::vector<std::unique_ptr<Client>>;

constexpr int active_requests = 5000;
constexpr chr::milliseconds work{5};  ///< a handler waits that long, as for a database
constexpr int senders = 256;
constexpr chr::milliseconds useful{1000};  ///< a later answer is worth nothing

constexpr std::string_view at_once = "GET /at-once HTTP/1.1\r\nHost: h\r\n\r\n";
constexpr std::string_view with_work = "GET /work HTTP/1.1\r\nHost: h\r\n\r\n";

class MeasuredServer {
 public:
  MeasuredServer() : m_identity(m_authority.issue("client")) {
    const Identity own = m_authority.issue("localhost");
    const TlsFiles files{m_folder / "certificate", m_folder / "key", m_folder / "authorities",
                         m_folder / "crl"};
    write_file(files.certificate, own.certificate_pem());
    write_file(files.key, own.key_pem());
    write_file(files.authorities, m_authority.certificate_pem());
    write_file(files.revocations, m_authority.revocations_pem());
    ServerSettings settings;
    settings.limits.of_one_partner = settings.limits.waiting + settings.limits.workers;
    m_server = std::make_unique<Server>(settings, m_clock, [](std::string_view) {});
    ListenerSettings listener{.tls = TlsSettings{files}, .routes = {}};
    listener.routes.add(
        {.method = "GET", .path = "/at-once", .handler = [](const Request&) { return Response(); }});
    listener.routes.add({.method = "GET", .path = "/work", .handler = [](const Request&) {
                           std::this_thread::sleep_for(work);
                           return Response();
                         }});
    m_port = m_server->listen(std::move(listener));
    m_thread = std::thread([this] { m_server->run(); });
  }
  MeasuredServer(const MeasuredServer&) = delete;
  MeasuredServer& operator=(const MeasuredServer&) = delete;
  ~MeasuredServer() {
    m_server->stop(chr::milliseconds(0));
    m_thread.join();
    m_server.reset();
    fs::remove_all(m_folder);
  }

  [[nodiscard]] std::unique_ptr<Client> connect() const {
    auto client = std::make_unique<Client>(ClientSettings{.port = m_port, .identity = &m_identity});
    if (!client->is_open()) throw std::runtime_error("a connection was refused");
    return client;
  }
  [[nodiscard]] Clients connect(int count) const {
    Clients clients;
    for (int i = 0; i < count; ++i) clients.push_back(connect());
    return clients;
  }

 private:
  static fs::path new_folder() {
    std::string name = (fs::temp_directory_path() / "http-bench-XXXXXX").string();
    return ::mkdtemp(name.data());
  }

  fs::path m_folder = new_folder();
  Authority m_authority{"authority"};
  Identity m_identity;
  model::SystemClock m_clock;
  std::unique_ptr<Server> m_server;
  std::uint16_t m_port = 0;
  std::thread m_thread;
};

std::ptrdiff_t thread_count() {
  return std::distance(fs::directory_iterator("/proc/self/task"), fs::directory_iterator());
}

/// Microseconds of each of the requests of one client, in order of length.
std::vector<double> times_of_one(const MeasuredServer& server) {
  const auto client = server.connect();
  std::vector<double> times;
  for (int i = 0; i < active_requests; ++i) {
    const auto begin = chr::steady_clock::now();
    client->send(at_once);
    if (!client->receive()) throw std::runtime_error("no answer");
    times.push_back(chr::duration<double, std::micro>(chr::steady_clock::now() - begin).count());
  }
  std::ranges::sort(times);
  return times;
}

void print_times(std::string_view name, const std::vector<double>& times) {
  fmt::print("{:>24}: {:7.1f} us at p50, {:7.1f} us at p99, {} threads\n", name, times[times.size() / 2],
             times[times.size() * 99 / 100], thread_count());
}

/// In turn, twice, so that a change of the machine is seen.
void measure_idle(int count) {
  for (int round = 0; round < 2; ++round) {
    const MeasuredServer server;
    print_times("no idle connection", times_of_one(server));
    const auto begin = chr::steady_clock::now();
    const Clients idle = server.connect(count);
    const double opened = Seconds(chr::steady_clock::now() - begin).count();
    print_times(fmt::format("{} idle connections", count), times_of_one(server));
    fmt::print("{:>24}  opened one by one, {:.0f} a second\n", "", count / opened);
  }
}

struct Answers {
  int good = 0;
  int refused = 0;
  int late = 0;
};

/// What one sender gets that sends at its times, or at once when it is behind them.
Answers send_at_rate(Client& client, chr::steady_clock::time_point begin, Seconds step, Seconds whole) {
  Answers answers;
  for (Seconds at{0}; at < whole; at += step) {
    const auto due = begin + chr::duration_cast<chr::steady_clock::duration>(at);
    std::this_thread::sleep_until(due);
    client.send(with_work);
    const auto reply = client.receive();
    if (!reply) throw std::runtime_error("a connection was cut");
    const bool is_late = chr::steady_clock::now() - due > useful;
    ++(reply->status != 200 ? answers.refused : is_late ? answers.late : answers.good);
  }
  return answers;
}

/// Answers a second at so many requests a second; the senders begin one after the other within their step.
double measure_rate(const MeasuredServer& server, double rate, Seconds whole) {
  const Clients clients = server.connect(senders);
  std::vector<Answers> answers(clients.size());
  std::vector<std::thread> threads;
  const Seconds step(senders / rate);
  const auto begin = chr::steady_clock::now() + chr::milliseconds(50);
  for (std::size_t i = 0; i < clients.size(); ++i)
    threads.emplace_back([&, i] {
      const auto later = chr::duration_cast<chr::steady_clock::duration>(step * i / senders);
      answers[i] = send_at_rate(*clients[i], begin + later, step, whole);
    });
  for (std::thread& thread : threads) thread.join();
  const double took = Seconds(chr::steady_clock::now() - begin).count();
  Answers all;
  for (const Answers& one : answers) {
    all.good += one.good;
    all.refused += one.refused;
    all.late += one.late;
  }
  fmt::print("{:8.0f} asked a second: {:7.1f} answered a second, {} refused, {} late, {:.1f} s\n", rate,
             all.good / took, all.refused, all.late, took);
  return all.good / took;
}

void measure_overload(Seconds whole) {
  const MeasuredServer server;
  const double capacity = static_cast<double>(Limits().workers) / Seconds(work).count();
  double peak = 0;
  double last = 0;
  for (const double times : {0.5, 0.8, 1.0, 2.0, 3.0}) {
    last = measure_rate(server, times * capacity, whole);
    peak = std::max(peak, last);
  }
  fmt::print("at three times the capacity: {:.2f} of the peak\n", last / peak);
}

/// Each connection takes two descriptors here.
void allow_descriptors() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace
}  // namespace passerelle::server::http

int main(int argc, char** argv) {
  namespace http = passerelle::server::http;
  http::allow_descriptors();
  http::measure_idle(argc > 1 ? std::stoi(argv[1]) : 1000);
  http::measure_overload(http::Seconds(argc > 2 ? std::stoi(argv[2]) : 5));
  return 0;
}
