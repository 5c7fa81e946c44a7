// A server on free ports of this machine, with an authority, and handlers that say what they saw.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "gateway/server/http/server.hpp"
#include "tests/unit/server/http/test_authority.hpp"
#include "tests/unit/server/http/test_client.hpp"

namespace passerelle::server::http {

/// A door that requests to `/wait` stand before until it is opened.
class Gate {
 public:
  void pass();
  void open();
  /// Waits until as many stand before it.
  void wait_for(int count);

 private:
  std::mutex m_mutex;
  std::condition_variable m_changed;
  int m_standing = 0;
  bool m_is_open = false;
};

struct TestSettings {
  Limits limits{};
  ClientCertificate clients = ClientCertificate::required;
  std::chrono::milliseconds certificates{20};
};

/// `/echo` (POST) gives the body back, `/size` (POST) its size and whether it is in a file, `/who` (GET) the
/// certificate of the client, `/wait` (GET) stands before the gate, `/throw` (GET) throws, `/forge` (GET)
/// answers what no head can hold, `/large` (GET) gives four megabytes.
class RunningServer {
 public:
  explicit RunningServer(TestSettings settings = {});
  ~RunningServer();
  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;

  /// A client with a certificate that is good.
  [[nodiscard]] ClientSettings client() const { return {.port = port, .identity = &identity}; }
  /// An answer of `/metriques` and its neighbours, in clear.
  [[nodiscard]] Reply watch(const std::string& path) const;
  /// The figure of one line of the metrics; -1 without such a line.
  [[nodiscard]] double metric(const std::string& line) const;
  /// Waits until a line of the metrics has that figure; false after 20 s.
  [[nodiscard]] bool reaches(const std::string& line, double figure) const;
  [[nodiscard]] std::string log() const;
  /// Writes what the authorities say now to the file of revocations.
  void write_revocations() const;
  /// Waits for the end of the server.
  void join();

  std::filesystem::path folder;
  Authority authority{"autorité inventée"};
  Identity identity;  ///< of the client
  TlsFiles files;
  model::SystemClock clock;
  Gate gate;
  std::uint16_t port = 0;
  std::uint16_t watch_port = 0;
  std::unique_ptr<Server> server;

 private:
  void add_routes(Routes& routes);

  mutable std::mutex m_mutex;
  std::string m_log;
  std::thread m_thread;
};

/// The lines of a GET without anything else.
[[nodiscard]] std::string get(const std::string& path);
/// A POST whose length is known.
[[nodiscard]] std::string post(const std::string& path, const std::string& body);

}  // namespace passerelle::server::http
