#include "gateway/server/http/connection.hpp"

#include <fmt/format.h>
#include <utility>

namespace passerelle::server::http {
namespace {

namespace chr = std::chrono;

constexpr int steps_a_turn = 32;               ///< half a megabyte: then others have their turn
constexpr std::size_t small_body = 16 * 1024;  ///< sent in one piece with its head
constexpr std::string_view invitation = "HTTP/1.1 100 Continue\r\n\r\n";

bool is_passing(Refusal refusal) noexcept {
  const int status = entry_of(refusal).status;
  return status == 429 || status == 503;
}

/// Whoever passes by may cause these as often as they like: they are counted, and fill no log.
bool is_of_strangers(Refusal refusal) noexcept {
  return refusal == Refusal::tls || refusal == Refusal::tls_version || refusal == Refusal::not_tls ||
         refusal == Refusal::handshake_time;
}

}  // namespace

Connection::Connection(std::uint64_t id, std::unique_ptr<Stream> stream, const Routes& routes, Desk& desk,
                       Moment now)
    : m_id(id),
      m_stream(std::move(stream)),
      m_routes(&routes),
      m_desk(&desk),
      m_reader(routes, desk.limits, desk.bodies),
      m_began(now),
      m_now(now) {}

void Connection::advance(Moment now) {
  m_now = now;
  m_wants_turn = false;
  for (int step = 0; step < steps_a_turn; ++step) {
    if (!take_step()) return;
  }
  m_wants_turn = true;
}

void Connection::take_outcome(Outcome outcome, Moment now) {
  m_now = now;
  answer(std::move(outcome));
}

void Connection::expire(Moment now) {
  m_now = now;
  switch (m_phase) {
    case Phase::handshake: return drop(Refusal::handshake_time, {});
    case Phase::head: return refuse(Refusal::head_time);
    case Phase::body: return refuse(Refusal::body_time);
    case Phase::inviting:
    case Phase::answering: return drop(Refusal::answer_time, m_partner);
    case Phase::parked: m_stream->finish(); return enter(Phase::over);
    case Phase::lingering: return enter(Phase::over);
    case Phase::working:
    case Phase::over: return;
  }
}

/// What is read or written notices by itself; a request at work would be told of it for ever.
void Connection::hang_up(Moment now) {
  m_now = now;
  if (m_phase == Phase::working) drop(Refusal::cut, m_partner);
}

void Connection::end_soon() {
  m_ends = true;
  if (m_phase == Phase::handshake || is_parked()) {
    m_stream->finish();
    enter(Phase::over);
  }
}

Moment Connection::deadline() const {
  const Limits& limits = m_desk->limits;
  switch (m_phase) {
    case Phase::handshake: return m_began + limits.handshake;
    case Phase::parked: return m_began + limits.idle;
    case Phase::head: return m_began + limits.head;
    case Phase::body: return at_rate(m_reader.received());
    case Phase::inviting:
    case Phase::answering: return at_rate(m_sent);
    case Phase::lingering: return m_began + limits.linger;
    case Phase::working:
    case Phase::over: break;
  }
  return Moment::max();
}

bool Connection::take_step() {
  switch (m_phase) {
    case Phase::handshake: return shake_hands();
    case Phase::parked:
    case Phase::head:
    case Phase::body: return read();
    case Phase::inviting:
    case Phase::answering: return write();
    case Phase::lingering: return discard();
    case Phase::working:
    case Phase::over: break;
  }
  m_interest = Interest::none;
  return false;
}

bool Connection::shake_hands() {
  const Io io = m_stream->handshake();
  if (io == Io::done) {
    if (const auto peer = m_stream->peer()) m_partner = peer->short_fingerprint();
    enter(Phase::parked);
    return true;
  }
  if (io == Io::wants_read || io == Io::wants_write) return wait_or_end(io);
  const HandshakeFault fault = m_stream->fault();
  drop(fault.refusal, fault.fingerprint);
  close();  // the other end may still read why
  return true;
}

bool Connection::read() {
  if (!m_rest.empty()) {
    const std::string bytes = std::exchange(m_rest, {});
    take_bytes(bytes);
    return true;
  }
  const Transfer transfer = m_stream->read(m_desk->scratch);
  if (transfer.io != Io::done) return wait_or_end(transfer.io);
  take_bytes({m_desk->scratch.data(), transfer.bytes});
  return true;
}

bool Connection::write() {
  const std::string_view rest = unsent();
  if (rest.empty()) {
    finish_exchange();
    return true;
  }
  const Transfer transfer = m_stream->write(rest);
  if (transfer.io != Io::done) return wait_or_end(transfer.io);
  m_sent += transfer.bytes;
  return true;
}

bool Connection::discard() {
  const Transfer transfer = m_stream->discard(m_desk->scratch);
  m_discarded += transfer.bytes;
  if (transfer.io != Io::done) return wait_or_end(transfer.io);
  if (m_discarded > m_desk->limits.linger_bytes) enter(Phase::over);
  return true;
}

/// Nothing goes now, or ever again. An end between two requests is no fault.
bool Connection::wait_or_end(Io io) {
  if (io == Io::wants_read || io == Io::wants_write) {
    m_interest = io == Io::wants_read ? Interest::read : Interest::write;
    return false;
  }
  if (m_phase == Phase::parked || m_phase == Phase::lingering) {
    m_stream->finish();
    enter(Phase::over);
  } else {
    drop(Refusal::cut, m_partner);
  }
  return false;
}

void Connection::take_bytes(std::string_view bytes) {
  if (m_phase == Phase::parked) enter(Phase::head);
  const auto progress = m_reader.read(bytes);
  m_rest = bytes;
  if (!progress) return refuse(progress.error());
  switch (*progress) {
    case RequestReader::Progress::more: return;
    case RequestReader::Progress::head_read: return begin_body();
    case RequestReader::Progress::complete: return take_request();
  }
}

/// RFC 9110, 10.1.1: who waits for our word gets it, or the refusal at once, before the body was sent in
/// vain.
void Connection::begin_body() {
  enter(Phase::body);
  if (!m_reader.head().expects_continue) return;
  if (m_reader.route()->place == Place::worker && m_desk->workers.is_full())
    return refuse(Refusal::queue_full);
  if (!m_rest.empty()) return;
  m_output[0] = invitation;
  enter(Phase::inviting);
}

void Connection::take_request() {
  const Route& route = *m_reader.route();
  m_complete = m_now;
  m_closes = !m_reader.head().keeps_alive;
  m_has_no_content = m_reader.head().method == "HEAD";
  m_served = {.route = route.path, .method = route.method, .received = m_reader.received()};
  Request request = m_reader.take_request();
  request.peer = m_stream->peer();
  if (route.place == Place::loop) return answer(run_handler(route, request));
  queue(std::move(request), route);
}

void Connection::queue(Request request, const Route& route) {
  std::size_t* const share = m_partner.empty() ? nullptr : &m_desk->shares[m_partner];
  if (share != nullptr && *share >= m_desk->limits.of_one_partner)
    return answer(refused(Refusal::partner_share));
  WorkerPool::Task task{m_id, &route, std::move(request), m_partner, m_now};
  if (!m_desk->workers.offer(task)) return answer(refused(Refusal::queue_full));
  if (share != nullptr) ++*share;
  enter(Phase::working);
}

/// What is read of the request by now says whether another may follow.
void Connection::refuse(Refusal refusal) {
  Outcome outcome = refused(refusal);
  m_closes = !m_reader.is_between_messages();
  m_has_no_content = m_reader.has_head() && m_reader.head().method == "HEAD";
  m_complete = m_now;
  m_served = {.received = m_reader.received()};
  if (const Route* route = m_reader.route()) {
    m_served.route = route->path;
    m_served.method = route->method;
  }
  if (refusal == Refusal::method)
    outcome.response.fields.push_back({"Allow", m_routes->allowed(m_reader.head().path)});
  m_reader.skip_request();
  answer(std::move(outcome));
}

void Connection::answer(Outcome outcome) {
  Response& response = outcome.response;
  if (outcome.was_refused) {
    m_desk->metrics.count_refused(outcome.refusal);
    m_served.reason = entry_of(outcome.refusal).reason;
    if (is_passing(outcome.refusal))
      response.fields.push_back({"Retry-After", fmt::to_string(m_desk->limits.retry_after.count())});
  }
  if (!outcome.failure.empty()) m_desk->log.failed(m_desk->clock.now(), m_served.route, outcome.failure);
  m_served.status = response.status;
  m_served.time = chr::duration_cast<chr::microseconds>(m_now - m_complete);
  m_answered = response.partner;
  m_closes = m_closes || m_ends || m_desk->is_stopping;
  m_output[0] = write_head(response, {m_desk->clock.now(), m_closes, m_stream->is_tls()});
  if (!m_has_no_content) m_output[1] = std::move(response.body);
  if (m_output[1].size() <= small_body) m_output[0] += std::exchange(m_output[1], {});
  enter(Phase::answering);
}

void Connection::finish_exchange() {
  const bool was_invited = m_phase == Phase::inviting;
  m_served.sent = m_sent;
  m_output = {};
  m_sent = 0;
  if (was_invited) return enter(Phase::body);
  tell_served();
  if (m_closes || m_ends) return close();
  enter(Phase::parked);
}

void Connection::tell_served() {
  m_desk->metrics.count(m_served);
  m_desk->log.request(m_desk->clock.now(), m_served, m_answered.empty() ? m_partner : m_answered);
}

/// An answer that the other end has not read yet would be lost if bytes that it still sends were refused
/// (RFC 9112, 9.6).
void Connection::close() {
  m_stream->finish();
  enter(Phase::lingering);
}

void Connection::drop(Refusal refusal, std::string_view partner) {
  m_desk->metrics.count_refused(refusal);
  if (m_phase == Phase::answering) {
    m_served.sent = m_sent;
    m_served.reason = entry_of(refusal).reason;
    tell_served();
  } else if (!is_of_strangers(refusal)) {
    m_desk->log.refused(m_desk->clock.now(), refusal, partner);
  }
  enter(Phase::over);
}

void Connection::enter(Phase phase) {
  m_phase = phase;
  m_began = m_now;
}

/// Patience that grows with what has moved: who moves less than the least a second is behind it at last.
Moment Connection::at_rate(std::uint64_t bytes) const {
  const Limits& limits = m_desk->limits;
  return m_began + limits.grace + chr::milliseconds(bytes * 1000 / limits.bytes_a_second);
}

std::string_view Connection::unsent() const noexcept {
  const std::string_view first = m_output[0];
  if (m_sent < first.size()) return first.substr(m_sent);
  return std::string_view(m_output[1]).substr(m_sent - first.size());
}

}  // namespace passerelle::server::http
