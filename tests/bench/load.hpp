// A load on a server of HTTPS: many connections of one thread, whose requests leave when they are planned to,
// whatever was answered.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "gateway/server/http/answer_reader.hpp"
#include "gateway/server/http/client_tls.hpp"

namespace passerelle::bench {

using Seconds = std::chrono::duration<double>;
using server::http::ClientAnswer;

/// What is asked; which answer is good.
struct Questions {
  std::function<std::size_t()> next;                        ///< of the next request
  std::function<std::string(std::size_t)> ask;              ///< its octets: head and body
  std::function<bool(std::size_t, ClientAnswer&)> is_good;  ///< called once for each answer
};

struct Plan {
  std::size_t connections = 1;
  Seconds lasts{1};
  double rate = 0;  ///< requests a second, with gaps as between strangers; 0: each as soon as it is answered
};

/// Milliseconds from when a request was to leave to the last octet of its answer, in order of length.
struct Outcome {
  std::vector<double> good_ms;
  std::vector<double> late_start_ms;  ///< behind the plan, by the fault of the load itself
  int refused = 0;                    ///< 429, 503
  int wrong = 0;                      ///< any other answer that is not good
  Seconds took{0};                    ///< to the last answer

  [[nodiscard]] double a_second() const { return static_cast<double>(good_ms.size()) / took.count(); }
  /// Good answers a second of those that came in time.
  [[nodiscard]] double a_second_within(Seconds useful) const;
};

/// One in a hundred took longer than `share` 0.99 of it; 0 of nothing.
[[nodiscard]] double quantile(const std::vector<double>& ordered, double share);

/// One connection that never waits for its answers.
class LoadConnection {
 public:
  /// Connects and shakes hands. Throws std::runtime_error when it is refused.
  LoadConnection(const server::http::ClientTls& tls, std::uint16_t port);
  ~LoadConnection();
  LoadConnection(const LoadConnection&) = delete;
  LoadConnection& operator=(const LoadConnection&) = delete;

  /// Begins a request; none is under way.
  void begin(std::string request);
  /// Goes on as far as that goes without waiting; whether the answer is whole. Throws std::runtime_error when
  /// the connection is cut.
  bool advance();
  [[nodiscard]] ClientAnswer& answer() noexcept { return m_reader.answer(); }
  [[nodiscard]] int socket() const noexcept { return m_socket.number(); }

 private:
  bool write();

  server::Descriptor m_socket;
  SSL* m_tls;
  std::string m_request;
  std::size_t m_sent = 0;
  server::http::AnswerReader m_reader;
};

using LoadConnections = std::vector<std::unique_ptr<LoadConnection>>;
[[nodiscard]] LoadConnections connect(const server::http::ClientTls& tls, std::uint16_t port,
                                      std::size_t count);

/// Asks over connections of its own, opened before. Throws std::runtime_error when one is cut.
[[nodiscard]] Outcome run(const server::http::ClientTls& tls, std::uint16_t port, const Plan& plan,
                          const Questions& questions);

}  // namespace passerelle::bench
