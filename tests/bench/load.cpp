#include "tests/bench/load.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <random>
#include <stdexcept>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <system_error>

namespace passerelle::bench {
namespace {

namespace chr = std::chrono;
namespace http = server::http;
using Clock = chr::steady_clock;

constexpr std::size_t most_answer_bytes = 1024 * 1024;
constexpr std::uint64_t seed = 9;  // the same gaps in every run

server::Descriptor connect_to(std::uint16_t port) {
  server::Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int at_once = 1;
  ::setsockopt(socket.number(), IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
  if (::connect(socket.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    throw std::system_error(errno, std::generic_category(), "connect");
  return socket;
}

const http::Limits& usual_limits() {
  static const http::Limits limits;
  return limits;
}

double milliseconds_since(Clock::time_point moment) {
  return chr::duration<double, std::milli>(Clock::now() - moment).count();
}

/// One plan being carried out.
class Run {
 public:
  Run(LoadConnections connections, const Plan& plan, const Questions& questions)
      : m_connections(std::move(connections)),
        m_plan(plan),
        m_questions(questions),
        m_exchanges(m_connections.size()) {
    for (std::size_t i = 0; i < m_connections.size(); ++i) {
      epoll_event event{.events = EPOLLIN | EPOLLOUT | EPOLLET, .data = {.u64 = i}};
      ::epoll_ctl(m_epoll.number(), EPOLL_CTL_ADD, m_connections[i]->socket(), &event);
      m_free.push_back(i);
    }
  }

  Outcome carry_out() {
    const Clock::time_point begin = Clock::now();
    const auto end = begin + chr::duration_cast<Clock::duration>(m_plan.lasts);
    m_next = begin;
    while (true) {
      send_what_is_due(end);
      if (m_next >= end && m_free.size() == m_connections.size()) break;
      wait_for_answers();
    }
    m_outcome.took = Clock::now() - begin;
    std::ranges::sort(m_outcome.good_ms);
    std::ranges::sort(m_outcome.late_start_ms);
    return std::move(m_outcome);
  }

 private:
  struct Exchange {
    std::size_t number = 0;
    Clock::time_point planned;
    bool is_open = false;
  };

  [[nodiscard]] bool is_open_loop() const noexcept { return m_plan.rate > 0; }

  void send_what_is_due(Clock::time_point end) {
    while (!m_free.empty()) {
      const Clock::time_point now = Clock::now();
      if (!is_open_loop()) m_next = now;
      if (m_next > now || m_next >= end) return;
      if (is_open_loop()) m_outcome.late_start_ms.push_back(milliseconds_since(m_next));
      send(m_next);
      if (is_open_loop()) m_next += chr::duration_cast<Clock::duration>(Seconds(m_gap(m_chance)));
    }
  }

  void send(Clock::time_point planned) {
    const std::size_t i = m_free.back();
    m_free.pop_back();
    m_exchanges[i] = {m_questions.next(), planned, true};
    m_connections[i]->begin(m_questions.ask(m_exchanges[i].number));
    if (m_connections[i]->advance()) take_answer(i);
  }

  /// At most until the next request is to leave.
  void wait_for_answers() {
    using namespace std::chrono_literals;
    Clock::duration patience = 100ms;
    if (is_open_loop() && !m_free.empty())
      patience = std::clamp<Clock::duration>(m_next - Clock::now(), 0ns, patience);
    const timespec delay{0, chr::duration_cast<chr::nanoseconds>(patience).count()};
    std::array<epoll_event, 64> events{};
    const int count =
        ::epoll_pwait2(m_epoll.number(), events.data(), static_cast<int>(events.size()), &delay, nullptr);
    for (int i = 0; i < count; ++i) {
      const auto which = static_cast<std::size_t>(events.at(static_cast<std::size_t>(i)).data.u64);
      if (m_exchanges[which].is_open && m_connections[which]->advance()) take_answer(which);
    }
  }

  void take_answer(std::size_t i) {
    ClientAnswer& answer = m_connections[i]->answer();
    const bool is_refused = answer.status == 429 || answer.status == 503;
    const bool is_good = m_questions.is_good(m_exchanges[i].number, answer);
    if (is_good)
      m_outcome.good_ms.push_back(milliseconds_since(m_exchanges[i].planned));
    else
      ++(is_refused ? m_outcome.refused : m_outcome.wrong);
    m_exchanges[i].is_open = false;
    m_free.push_back(i);
  }

  LoadConnections m_connections;
  const Plan& m_plan;
  const Questions& m_questions;
  std::vector<Exchange> m_exchanges;
  std::vector<std::size_t> m_free;  // connections without a request
  server::Descriptor m_epoll{::epoll_create1(EPOLL_CLOEXEC)};
  Clock::time_point m_next;
  std::mt19937_64 m_chance{seed};
  std::exponential_distribution<double> m_gap{is_open_loop() ? m_plan.rate : 1.0};
  Outcome m_outcome;
};

}  // namespace

double quantile(const std::vector<double>& ordered, double share) {
  if (ordered.empty()) return 0;
  const auto rank = static_cast<std::size_t>(share * static_cast<double>(ordered.size()));
  return ordered[std::min(rank, ordered.size() - 1)];
}

double Outcome::a_second_within(Seconds useful) const {
  const auto late = std::ranges::upper_bound(good_ms, useful.count() * 1000);
  return static_cast<double>(late - good_ms.begin()) / took.count();
}

LoadConnection::LoadConnection(const http::ClientTls& tls, std::uint16_t port)
    : m_socket(connect_to(port)),
      m_tls(tls.open(m_socket.number(), "127.0.0.1")),
      m_reader(usual_limits(), most_answer_bytes) {
  if (SSL_do_handshake(m_tls) != 1) {
    SSL_free(m_tls);
    throw std::runtime_error("a handshake failed");
  }
  ::fcntl(m_socket.number(), F_SETFL, O_NONBLOCK);
}

LoadConnection::~LoadConnection() {
  SSL_shutdown(m_tls);
  SSL_free(m_tls);
  ERR_clear_error();
}

void LoadConnection::begin(std::string request) {
  m_request = std::move(request);
  m_sent = 0;
  m_reader = http::AnswerReader(usual_limits(), most_answer_bytes);
}

bool LoadConnection::advance() {
  if (!write()) return false;
  std::array<char, 16 * 1024> buffer{};
  while (!m_reader.is_over()) {
    ERR_clear_error();
    std::size_t bytes = 0;
    const int result = SSL_read_ex(m_tls, buffer.data(), buffer.size(), &bytes);
    if (result != 1 && SSL_get_error(m_tls, result) == SSL_ERROR_WANT_READ) return false;
    if (result != 1) throw std::runtime_error("a connection was cut");
    if (m_reader.take({buffer.data(), bytes})) throw std::runtime_error("an answer is no HTTP");
  }
  return true;
}

/// Whether the request is on its way.
bool LoadConnection::write() {
  while (m_sent < m_request.size()) {
    ERR_clear_error();
    std::size_t bytes = 0;
    const int result = SSL_write_ex(m_tls, m_request.data() + m_sent, m_request.size() - m_sent, &bytes);
    if (result != 1 && SSL_get_error(m_tls, result) == SSL_ERROR_WANT_WRITE) return false;
    if (result != 1) throw std::runtime_error("a connection was cut");
    m_sent += bytes;
  }
  return true;
}

LoadConnections connect(const http::ClientTls& tls, std::uint16_t port, std::size_t count) {
  LoadConnections connections;
  for (std::size_t i = 0; i < count; ++i) connections.push_back(std::make_unique<LoadConnection>(tls, port));
  return connections;
}

Outcome run(const http::ClientTls& tls, std::uint16_t port, const Plan& plan, const Questions& questions) {
  return Run(connect(tls, port, plan.connections), plan, questions).carry_out();
}

}  // namespace passerelle::bench
