// What the server counts, as Prometheus reads it (text format 0.0.4). No label holds what a client sent.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "gateway/model/clock.hpp"
#include "gateway/server/http/refusal.hpp"

namespace passerelle::server::http {

/// A request that was answered, or whose answer could not be sent.
struct Served {
  std::string_view route;   ///< a path of the table of routes; empty: none was found
  std::string_view method;  ///< of that table
  int status = 0;
  std::chrono::microseconds time{0};  ///< from the last byte of the request to the answer
  std::uint64_t received = 0;         ///< octets
  std::uint64_t sent = 0;             ///< octets
  std::string_view reason;            ///< of a refusal; empty: a handler answered
};

/// What is now, as against what has been counted.
struct Gauges {
  std::size_t connections = 0;
  std::size_t parked = 0;  ///< connections that wait for a request and hold nothing
  std::size_t waiting = 0;
  std::size_t most_waiting = 0;
  std::size_t busy = 0;
  std::size_t workers = 0;
  std::size_t bodies_in_memory = 0;             ///< octets
  std::optional<model::Time> certificate_ends;  ///< the first one to end
  std::optional<model::Time> next_revocations;  ///< the first list to be replaced
};

/// Used by the thread of the loop alone.
class Metrics {
 public:
  void count(const Served& served);
  void count_refused(Refusal refusal) { ++m_refused[refusal]; }
  void count_accepted() noexcept { ++m_accepted; }
  void count_renewal(bool good) noexcept { ++(good ? m_renewed : m_not_renewed); }
  [[nodiscard]] std::uint64_t refused(Refusal refusal) const;

  [[nodiscard]] std::string text(const Gauges& gauges) const;

 private:
  /// Seconds, the upper ends of the buckets.
  static constexpr std::array bounds = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                        0.1,   0.25,   0.5,   1.0,  2.5,   5.0};
  struct Duration {
    std::array<std::uint64_t, bounds.size()> up_to{};
    std::uint64_t count = 0;
    double seconds = 0;
  };
  void write_requests(std::string& text) const;
  void write_durations(std::string& text) const;

  std::map<std::pair<std::string, int>, std::uint64_t, std::less<>> m_requests;
  std::map<std::string, Duration, std::less<>> m_durations;
  std::map<Refusal, std::uint64_t> m_refused;
  std::uint64_t m_accepted = 0;
  std::uint64_t m_renewed = 0;
  std::uint64_t m_not_renewed = 0;
  std::uint64_t m_received = 0;
  std::uint64_t m_sent = 0;
};

}  // namespace passerelle::server::http
