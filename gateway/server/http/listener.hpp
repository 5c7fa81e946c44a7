// A socket that connections come in by.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "gateway/model/clock.hpp"
#include "gateway/server/descriptor.hpp"
#include "gateway/server/http/routes.hpp"
#include "gateway/server/http/stream.hpp"
#include "gateway/server/http/tls_renewal.hpp"

namespace passerelle::server::http {

struct ListenerSettings {
  std::string address = "127.0.0.1";  ///< IPv4 or IPv6, no name
  std::uint16_t port = 0;             ///< 0: any that is free
  std::optional<TlsSettings> tls;     ///< nothing: in clear, for the machine itself
  Routes routes;
  bool stays_until_the_end = false;  ///< open while the server stops: whoever watches it still gets an answer
};

/// The address cannot be listened at, or is not of this machine though no TLS guards it: French text.
class ListenError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Listener {
 public:
  /// Throws ListenError, TlsError. The clock outlives it.
  Listener(ListenerSettings settings, const model::Clock& clock);

  enum class Accepted : std::uint8_t { one, none, no_room };
  /// The next connection, if one is there: `no_room` when the machine has no descriptor left for it.
  Accepted accept(std::unique_ptr<Stream>& stream);

  [[nodiscard]] const ListenerSettings& settings() const noexcept { return m_settings; }
  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] int socket() const noexcept { return m_socket.number(); }
  /// Null: in clear.
  [[nodiscard]] TlsRenewal* tls() noexcept { return m_tls ? &*m_tls : nullptr; }
  [[nodiscard]] const TlsRenewal* tls() const noexcept { return m_tls ? &*m_tls : nullptr; }
  [[nodiscard]] bool is_open() const noexcept { return m_socket.is_open(); }
  void close() noexcept { m_socket = Descriptor(); }

 private:
  ListenerSettings m_settings;
  const model::Clock* m_clock;
  std::optional<TlsRenewal> m_tls;
  Descriptor m_socket;
};

}  // namespace passerelle::server::http
