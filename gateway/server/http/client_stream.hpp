// One TLS connection that we make, whose every step has a deadline.
#pragma once

#include <chrono>
#include <cstdint>
#include <openssl/types.h>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "gateway/server/descriptor.hpp"
#include "gateway/server/http/client_tls.hpp"

namespace passerelle::server::http {

/// Why an exchange that we began gave no answer. None says whether the other side has acted.
enum class ClientFault : std::uint8_t {
  address,      ///< the name leads nowhere
  connection,   ///< nobody listens there, or the way is cut
  tls,          ///< no common TLS
  certificate,  ///< theirs is not to be believed, or not for that name; or ours was refused
  time,         ///< too long
  cut,          ///< the answer ends before its end
  nonsense,     ///< no answer of HTTP/1.1
  size,         ///< more than an answer may hold
  stopped,      ///< we were asked to stop
};

/// Its stable word for logs, metrics and receipts.
[[nodiscard]] std::string_view word_of(ClientFault fault) noexcept;

/// Until when, and unless we are asked to stop.
struct Patience {
  std::chrono::steady_clock::time_point deadline;
  std::stop_token stop = {};
};

class ClientStream {
 public:
  /// Where to, under the name that its certificate must have.
  struct Place {
    std::string host;
    std::uint16_t port = 0;
  };

  /// Connects and shakes hands. The look-up of the name has the patience of the system, not ours. Throws
  /// TlsError as ClientTls::open.
  [[nodiscard]] static tl::expected<ClientStream, ClientFault> open(const ClientTls& tls, const Place& place,
                                                                    const Patience& patience);
  ClientStream(ClientStream&& other) noexcept;
  ClientStream& operator=(ClientStream&&) = delete;
  ClientStream(const ClientStream&) = delete;
  ClientStream& operator=(const ClientStream&) = delete;
  ~ClientStream();

  /// Sends all of it.
  [[nodiscard]] tl::expected<void, ClientFault> write(std::string_view bytes, const Patience& patience);
  /// Reads some bytes; 0 once the other side has said that it sends no more. An end that was not said is
  /// `cut`: somebody may have cut the answer short.
  [[nodiscard]] tl::expected<std::size_t, ClientFault> read(std::span<char> into, const Patience& patience);

 private:
  ClientStream(Descriptor socket, SSL* tls) noexcept : m_socket(std::move(socket)), m_tls(tls) {}
  tl::expected<void, ClientFault> shake_hands(const Patience& patience);
  /// Waits for what a call of OpenSSL waits for; the fault when it waits for nothing.
  tl::expected<void, ClientFault> await(int result, ClientFault otherwise, const Patience& patience);

  Descriptor m_socket;
  SSL* m_tls;
};

}  // namespace passerelle::server::http
