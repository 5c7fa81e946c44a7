// The bytes of one connection, through TLS or in clear, never waiting.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gateway/server/descriptor.hpp"
#include "gateway/server/http/peer_certificate.hpp"
#include "gateway/server/http/refusal.hpp"

namespace passerelle::server::http {

/// What became of an attempt.
enum class Io : std::uint8_t {
  done,         ///< some bytes went, or the handshake is over
  wants_read,   ///< again once the socket can be read
  wants_write,  ///< again once it can be written
  ended,        ///< the other end closed in order
  failed,       ///< it broke: nothing more goes either way
};

struct Transfer {
  Io io = Io::failed;
  std::size_t bytes = 0;
};

/// Why a handshake failed; the fingerprint of a certificate that was refused, as in a log.
struct HandshakeFault {
  Refusal refusal = Refusal::tls;
  std::string fingerprint;
};

/// Owns its socket, which must be non-blocking. Used by one thread that has SIGPIPE blocked.
class Stream {
 public:
  explicit Stream(Descriptor socket) noexcept : m_socket(std::move(socket)) {}
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  virtual ~Stream() = default;

  [[nodiscard]] virtual Io handshake() = 0;
  [[nodiscard]] virtual Transfer read(std::span<char> into) = 0;
  [[nodiscard]] virtual Transfer write(std::string_view bytes) = 0;
  /// Says that nothing more is written, as far as that goes without waiting.
  virtual void finish() noexcept = 0;
  /// Why the handshake failed.
  [[nodiscard]] virtual HandshakeFault fault() const = 0;
  /// Who is at the other end, after the handshake; null when no certificate was given.
  [[nodiscard]] virtual std::shared_ptr<const PeerCertificate> peer() const = 0;
  [[nodiscard]] virtual bool is_tls() const noexcept = 0;

  /// Bytes as they are on the socket, to be thrown away after `finish`.
  [[nodiscard]] Transfer discard(std::span<char> into) const noexcept;
  [[nodiscard]] int socket() const noexcept { return m_socket.number(); }

 private:
  Descriptor m_socket;
};

/// In clear: for the machine itself.
class PlainStream final : public Stream {
 public:
  using Stream::Stream;
  Io handshake() override { return Io::done; }
  Transfer read(std::span<char> into) override { return discard(into); }
  Transfer write(std::string_view bytes) override;
  void finish() noexcept override;
  [[nodiscard]] HandshakeFault fault() const override { return {}; }
  [[nodiscard]] std::shared_ptr<const PeerCertificate> peer() const override { return nullptr; }
  [[nodiscard]] bool is_tls() const noexcept override { return false; }
};

}  // namespace passerelle::server::http
