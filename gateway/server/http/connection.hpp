// One connection: handshake, then requests one behind the other, each answered before the next is read.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/server/http/desk.hpp"
#include "gateway/server/http/request_reader.hpp"
#include "gateway/server/http/stream.hpp"

namespace passerelle::server::http {

/// What the loop watches its socket for.
enum class Interest : std::uint8_t { none, read, write };

/// Used by the thread of the loop alone; it never waits.
class Connection {
 public:
  /// The routes and the desk outlive it.
  Connection(std::uint64_t id, std::unique_ptr<Stream> stream, const Routes& routes, Desk& desk, Moment now);

  /// Goes on as far as it goes without waiting, or for a bounded number of steps.
  void advance(Moment now);
  /// What a worker made of its request.
  void take_outcome(Outcome outcome, Moment now);
  /// Its deadline is over.
  void expire(Moment now);
  /// The other end is gone altogether.
  void hang_up(Moment now);
  /// Ends it at once when it waits for a request, else behind the next answer.
  void end_soon();

  [[nodiscard]] bool is_over() const noexcept { return m_phase == Phase::over; }
  [[nodiscard]] bool is_parked() const noexcept { return m_phase == Phase::parked && m_rest.empty(); }
  [[nodiscard]] bool is_shaking_hands() const noexcept { return m_phase == Phase::handshake; }
  /// Whether to advance again though its socket says nothing: there are bytes behind it.
  [[nodiscard]] bool wants_turn() const noexcept { return m_wants_turn; }
  [[nodiscard]] Interest interest() const noexcept { return m_interest; }
  /// When to expire; `Moment::max()`: never.
  [[nodiscard]] Moment deadline() const;
  [[nodiscard]] int socket() const noexcept { return m_stream->socket(); }

 private:
  enum class Phase : std::uint8_t {
    handshake,
    parked,  ///< no byte of a request
    head,
    inviting,  ///< writes 100 Continue
    body,
    working,  ///< with the workers: nothing is read
    answering,
    lingering,  ///< our end is closed, the other may still send
    over,
  };

  /// Whether to go on with the next.
  bool take_step();
  bool shake_hands();
  bool read();
  bool write();
  bool discard();
  bool wait_or_end(Io io);

  void take_bytes(std::string_view bytes);
  void begin_body();
  void take_request();
  void queue(Request request, const Route& route);
  void refuse(Refusal refusal);
  void answer(Outcome outcome);
  void finish_exchange();
  void tell_served();
  void close();
  void drop(Refusal refusal, std::string_view partner);
  void enter(Phase phase);
  [[nodiscard]] Moment at_rate(std::uint64_t bytes) const;
  [[nodiscard]] std::string_view unsent() const noexcept;

  std::uint64_t m_id;
  std::unique_ptr<Stream> m_stream;
  const Routes* m_routes;
  Desk* m_desk;
  RequestReader m_reader;
  Phase m_phase = Phase::handshake;
  Moment m_began;  ///< of the phase
  Moment m_now;
  Interest m_interest = Interest::read;
  bool m_wants_turn = false;
  bool m_ends = false;  ///< behind the next answer
  std::string m_rest;   ///< bytes behind a request that is not answered yet
  std::uint64_t m_discarded = 0;
  std::string m_partner;  ///< the short fingerprint of its certificate

  // The exchange at hand.
  bool m_closes = false;
  bool m_has_no_content = false;  ///< HEAD
  Moment m_complete;
  Served m_served;
  std::string m_answered;  ///< the partner that a handler named
  std::array<std::string, 2> m_output;
  std::uint64_t m_sent = 0;
};

}  // namespace passerelle::server::http
