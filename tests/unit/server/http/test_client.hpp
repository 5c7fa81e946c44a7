// A client that sends bytes as they are, and waits, over TLS or in clear.
#pragma once

#include <chrono>
#include <cstdint>
#include <openssl/ssl.h>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/server/descriptor.hpp"
#include "tests/unit/server/http/test_authority.hpp"

namespace passerelle::server::http {

struct Reply {
  int status = 0;
  std::string head;
  std::string body;
};

struct ClientSettings {
  std::uint16_t port = 0;
  bool is_tls = true;
  const Identity* identity = nullptr;  ///< shown when asked for
  int version = 0;                     ///< the only one, as OpenSSL numbers it; 0: any
  const char* suites = nullptr;        ///< of TLS 1.2
  SSL_SESSION* session = nullptr;      ///< to be resumed
};

class Client {
 public:
  /// Connects to this machine; waits for any answer at most 20 s.
  explicit Client(const ClientSettings& settings);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Whether the handshake went well, as far as this end knows.
  [[nodiscard]] bool is_open() const noexcept { return m_is_open; }
  /// False when the other end is gone.
  bool send(std::string_view bytes);
  /// The next answer; nothing when the connection ends before. `to_head`: to a request for the head alone.
  std::optional<Reply> receive(bool to_head = false);
  /// Waits for the end of the connection; false when bytes come first.
  bool ends();
  /// Sends nothing more, in order.
  void finish();
  /// Goes away without a word.
  void vanish();
  [[nodiscard]] SSL* tls() const noexcept { return m_tls; }
  [[nodiscard]] int socket() const noexcept { return m_socket.number(); }

 private:
  bool fill();

  Descriptor m_socket;
  SSL_CTX* m_context = nullptr;
  SSL* m_tls = nullptr;
  bool m_is_open = false;
  std::string m_bytes;  ///< received, not looked at
};

}  // namespace passerelle::server::http
