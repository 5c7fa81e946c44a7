#include "gateway/server/http/server.hpp"

#include <algorithm>
#include <csignal>

namespace passerelle::server::http {
namespace {

namespace chr = std::chrono;

constexpr std::uint64_t first_connection = 1'000'000;  // ids below are of listeners, from 1
constexpr int accepts_a_turn = 16;
constexpr int looks_for_room = 64;
constexpr chr::milliseconds without_descriptors{100};

/// OpenSSL writes to sockets that were closed; this thread wants the error, not the signal.
void block_pipe_signal() noexcept {
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  ::pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
}

std::uint32_t events_of(Interest interest) noexcept {
  switch (interest) {
    case Interest::read: return EPOLLIN;
    case Interest::write: return EPOLLOUT;
    case Interest::none: break;
  }
  return 0;
}

/// The earlier of two times that may not be there.
std::optional<model::Time> earlier(std::optional<model::Time> one, std::optional<model::Time> other) {
  if (!one || !other) return one ? one : other;
  return std::min(*one, *other);
}

}  // namespace

Server::Server(const ServerSettings& settings, const model::Clock& clock, LogSink sink)
    : m_settings(settings),
      m_bodies{settings.bodies, settings.limits.bodies_in_memory},
      m_next_id(first_connection),
      m_workers(m_settings.limits, [this] { m_poller.wake(); }),
      m_desk{m_settings.limits, clock, m_workers, m_bodies, RequestLog(std::move(sink))} {}

std::uint16_t Server::listen(ListenerSettings settings) {
  Listener& listener = m_listeners.emplace_back(std::move(settings), m_desk.clock);
  if (!m_poller.add(listener.socket(), m_listeners.size(), EPOLLIN))
    throw ListenError("le noyau n'a plus de place pour une écoute");
  return listener.port();
}

void Server::run() {
  block_pipe_signal();
  m_now = chr::steady_clock::now();
  m_next_look = m_now + m_settings.certificates;
  m_desk.log.event(m_desk.clock.now(), "start");
  while (!is_done()) {
    m_desk.log.flush();
    turn(m_poller.wait(delay()));
  }
  m_connections.clear();
  m_deadlines.clear();
  m_desk.log.event(m_desk.clock.now(), "end");
  m_desk.log.flush();
}

void Server::stop(chr::milliseconds patience) noexcept {
  m_patience = patience.count();
  m_poller.wake();
}

void Server::renew_certificates() noexcept {
  m_renewal_asked = true;
  m_poller.wake();
}

std::string Server::metrics() const {
  Gauges gauges{.connections = m_connections.size(),
                .waiting = m_workers.waiting(),
                .most_waiting = m_settings.limits.waiting,
                .busy = m_workers.busy(),
                .workers = m_settings.limits.workers,
                .bodies_in_memory = m_bodies.in_memory};
  gauges.parked = static_cast<std::size_t>(std::ranges::count_if(
      m_connections, [](const auto& entry) { return entry.second.connection->is_parked(); }));
  for (const Listener& listener : m_listeners) {
    if (listener.tls() == nullptr) continue;
    const TlsContext& context = *listener.tls()->current();
    gauges.certificate_ends = earlier(gauges.certificate_ends, context.not_after());
    gauges.next_revocations = earlier(gauges.next_revocations, context.next_revocations());
  }
  return m_desk.metrics.text(gauges);
}

chr::milliseconds Server::delay() const {
  if (!m_again.empty()) return chr::milliseconds(0);
  Moment next = std::min(m_next_look, m_stop_at);
  if (!m_deadlines.empty()) next = std::min(next, m_deadlines.begin()->first);
  if (m_is_full) next = std::min(next, m_accept_from);
  return std::max(chr::milliseconds(0), chr::ceil<chr::milliseconds>(next - chr::steady_clock::now()));
}

/// Those who have shown who they are come before those who come in.
void Server::turn(std::span<const Poller::Event> events) {
  m_now = chr::steady_clock::now();
  take_finished();
  give_turns();
  serve_open(events);
  serve_handshakes(events);
  accept_all();
  expire();
  look_after_certificates();
  look_after_stop();
}

void Server::serve_open(std::span<const Poller::Event> events) {
  for (const Poller::Event& event : events) {
    const auto found = m_connections.find(event.id);
    if (found != m_connections.end() && !found->second.connection->is_shaking_hands())
      serve(event.id, event.hung_up);
  }
}

/// The others are told again at the next turn.
void Server::serve_handshakes(std::span<const Poller::Event> events) {
  std::size_t served = 0;
  for (const Poller::Event& event : events) {
    const auto found = m_connections.find(event.id);
    if (found == m_connections.end() || !found->second.connection->is_shaking_hands()) continue;
    if (++served > m_settings.limits.handshakes_a_turn) return;
    serve(event.id, event.hung_up);
  }
}

void Server::accept_all() {
  if (m_is_full && m_now < m_accept_from) return;
  if (m_is_full) watch_listeners(true);
  for (std::size_t listener = 0; listener < m_listeners.size(); ++listener) {
    for (int i = 0; i < accepts_a_turn && accept_one(listener); ++i) {
    }
  }
}

/// Whether another may be there.
bool Server::accept_one(std::size_t listener) {
  Listener& open = m_listeners[listener];
  std::unique_ptr<Stream> stream;
  if (!open.is_open()) return false;
  const Listener::Accepted accepted = open.accept(stream);
  if (accepted == Listener::Accepted::no_room) watch_listeners(false);
  if (accepted != Listener::Accepted::one) return false;
  m_desk.metrics.count_accepted();
  if (m_connections.size() >= m_settings.limits.connections && !make_room()) {
    m_desk.metrics.count_refused(Refusal::connections);
  } else {
    hold(std::move(stream), listener);
  }
  return true;
}

void Server::hold(std::unique_ptr<Stream> stream, std::size_t listener) {
  const std::uint64_t id = m_next_id++;
  auto connection = std::make_unique<Connection>(id, std::move(stream),
                                                 m_listeners[listener].settings().routes, m_desk, m_now);
  const Moment deadline = connection->deadline();
  if (!m_poller.add(connection->socket(), id, events_of(Interest::read))) {
    m_desk.metrics.count_refused(Refusal::connections);
    return;
  }
  m_deadlines.emplace(deadline, id);
  m_connections.emplace(id, Held{std::move(connection), listener, deadline, Interest::read});
}

/// A machine without descriptors would tell of the same connection for ever: nobody is asked for a moment.
void Server::watch_listeners(bool watched) noexcept {
  m_is_full = !watched;
  m_accept_from = m_now + without_descriptors;
  for (std::size_t listener = 0; listener < m_listeners.size(); ++listener) {
    if (m_listeners[listener].is_open())
      m_poller.change(m_listeners[listener].socket(), listener + 1, watched ? EPOLLIN : 0U);
  }
}

/// Ends one that has long waited for a request, among those whose patience ends first.
bool Server::make_room() {
  int looked_at = 0;
  for (const auto& [deadline, id] : m_deadlines) {
    if (++looked_at > looks_for_room) return false;
    Held& held = m_connections.at(id);
    if (!held.connection->is_parked()) continue;
    held.connection->end_soon();
    settle(id, held);
    return true;
  }
  return false;
}

void Server::serve(std::uint64_t id, bool hung_up) {
  const auto found = m_connections.find(id);
  if (found == m_connections.end()) return;
  Connection& connection = *found->second.connection;
  if (hung_up) connection.hang_up(m_now);
  connection.advance(m_now);
  settle(id, found->second);
}

/// Brings what is kept about a connection up to date with it, or takes it away.
void Server::settle(std::uint64_t id, Held& held) {
  Connection& connection = *held.connection;
  m_deadlines.erase({held.deadline, id});
  if (connection.is_over()) {
    m_poller.remove(connection.socket());
    m_connections.erase(id);
    return;
  }
  held.deadline = connection.deadline();
  m_deadlines.emplace(held.deadline, id);
  if (connection.wants_turn()) m_again.push_back(id);
  if (connection.interest() == held.interest) return;
  held.interest = connection.interest();
  m_poller.change(connection.socket(), id, events_of(held.interest));
}

void Server::give_turns() {
  for (const std::uint64_t id : std::exchange(m_again, {})) serve(id, false);
}

/// The connection may be gone; its partner's share is free again all the same.
void Server::take_finished() {
  for (WorkerPool::Finished& finished : m_workers.take_finished()) {
    const auto share = m_desk.shares.find(finished.share);
    if (share != m_desk.shares.end() && --share->second == 0) m_desk.shares.erase(share);
    const auto found = m_connections.find(finished.connection);
    if (found == m_connections.end()) continue;
    found->second.connection->take_outcome(std::move(finished.outcome), m_now);
    serve(finished.connection, false);
  }
}

void Server::expire() {
  while (!m_deadlines.empty() && m_deadlines.begin()->first <= m_now) {
    const std::uint64_t id = m_deadlines.begin()->second;
    m_connections.at(id).connection->expire(m_now);
    serve(id, false);
  }
}

void Server::look_after_certificates() {
  const bool asked = m_renewal_asked.exchange(false);
  if (!asked && m_now < m_next_look) return;
  m_next_look = m_now + m_settings.certificates;
  for (std::size_t listener = 0; listener < m_listeners.size(); ++listener) {
    if (m_listeners[listener].tls() != nullptr) renew(listener, asked);
  }
}

/// Whom we no longer believe may be at the other end of a connection of before: it ends too.
void Server::renew(std::size_t listener, bool asked) {
  TlsRenewal& tls = *m_listeners[listener].tls();
  const auto before = tls.current();
  const TlsRenewal::Outcome outcome = tls.check(m_desk.clock.now(), asked);
  if (outcome == TlsRenewal::Outcome::same) return;
  m_desk.metrics.count_renewal(outcome == TlsRenewal::Outcome::renewed);
  m_desk.log.renewed(m_desk.clock.now(), tls.problem());
  if (tls.current()->trusts_as(*before)) return;
  std::vector<std::uint64_t> old;
  for (auto& [id, held] : m_connections) {
    if (held.listener != listener) continue;
    held.connection->end_soon();
    old.push_back(id);
  }
  for (const std::uint64_t id : old) settle(id, m_connections.at(id));
}

void Server::look_after_stop() {
  const std::int64_t patience = m_patience.exchange(-1);
  if (patience < 0) return;
  m_stop_at = m_now + chr::milliseconds(patience);
  if (!m_desk.is_stopping) begin_stop();
}

void Server::begin_stop() {
  m_desk.is_stopping = true;
  m_desk.log.event(m_desk.clock.now(), "stop");
  std::vector<std::uint64_t> ending;
  for (Listener& listener : m_listeners) {
    if (!listener.settings().stays_until_the_end) listener.close();
  }
  for (auto& [id, held] : m_connections) {
    if (m_listeners[held.listener].is_open()) continue;
    held.connection->end_soon();
    ending.push_back(id);
  }
  for (const std::uint64_t id : ending) settle(id, m_connections.at(id));
}

bool Server::is_done() const {
  if (!m_desk.is_stopping) return false;
  if (m_now >= m_stop_at) return true;
  return std::ranges::none_of(
      m_connections, [this](const auto& entry) { return !m_listeners[entry.second.listener].is_open(); });
}

}  // namespace passerelle::server::http
