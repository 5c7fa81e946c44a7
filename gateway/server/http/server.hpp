// An HTTPS/1.1 server: one thread owns every socket, workers see whole requests only (docs/http.md).
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

#include "gateway/model/clock.hpp"
#include "gateway/server/http/connection.hpp"
#include "gateway/server/http/desk.hpp"
#include "gateway/server/http/listener.hpp"
#include "gateway/server/http/poller.hpp"

namespace passerelle::server::http {

struct ServerSettings {
  Limits limits;
  std::filesystem::path bodies = "/tmp";         ///< where large bodies go, in files without name
  std::chrono::milliseconds certificates{5000};  ///< between two looks at the files of certificates
};

class Server {
 public:
  /// The clock outlives it. Throws std::system_error when the kernel has no room.
  Server(const ServerSettings& settings, const model::Clock& clock, LogSink sink);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  /// Waits for handlers that are at work.
  ~Server() = default;

  /// Before `run`. Returns the port. Throws ListenError, TlsError.
  std::uint16_t listen(ListenerSettings settings);
  /// Serves, in this thread, until it is stopped. Throws std::system_error when the kernel fails.
  void run();

  /// Takes no new connection, finishes the requests that are there within the patience, then ends `run`. From
  /// any thread or signal handler, as the next.
  void stop(std::chrono::milliseconds patience) noexcept;
  /// Reads certificates, authorities and revocations again, changed or not.
  void renew_certificates() noexcept;

  /// In handlers of the loop only, as the next.
  [[nodiscard]] std::string metrics() const;
  [[nodiscard]] bool is_stopping() const noexcept { return m_desk.is_stopping; }

 private:
  struct Held {
    std::unique_ptr<Connection> connection;
    std::size_t listener;
    Moment deadline;
    Interest interest;
  };

  [[nodiscard]] std::chrono::milliseconds delay() const;
  void turn(std::span<const Poller::Event> events);
  void serve_open(std::span<const Poller::Event> events);
  void serve_handshakes(std::span<const Poller::Event> events);
  void accept_all();
  bool accept_one(std::size_t listener);
  void hold(std::unique_ptr<Stream> stream, std::size_t listener);
  void watch_listeners(bool watched) noexcept;
  bool make_room();
  void serve(std::uint64_t id, bool hung_up);
  void settle(std::uint64_t id, Held& held);
  void give_turns();
  void take_finished();
  void expire();
  void look_after_certificates();
  void renew(std::size_t listener, bool asked);
  void look_after_stop();
  void begin_stop();
  [[nodiscard]] bool is_done() const;

  ServerSettings m_settings;
  BodyRoom m_bodies;
  Poller m_poller;
  std::vector<Listener> m_listeners;
  std::unordered_map<std::uint64_t, Held> m_connections;
  std::set<std::pair<Moment, std::uint64_t>> m_deadlines;
  std::vector<std::uint64_t> m_again;  ///< have bytes that no socket tells of
  std::uint64_t m_next_id;
  Moment m_now;
  Moment m_next_look;
  bool m_is_full = false;  ///< no descriptor is left: no connection is taken before `m_accept_from`
  Moment m_accept_from;
  Moment m_stop_at = Moment::max();
  std::atomic<std::int64_t> m_patience = -1;  ///< milliseconds, once `stop` was called
  std::atomic<bool> m_renewal_asked = false;
  WorkerPool m_workers;
  Desk m_desk;
};

}  // namespace passerelle::server::http
