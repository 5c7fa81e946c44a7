// The server's end of a TLS connection, by OpenSSL.
#pragma once

#include <memory>
#include <openssl/types.h>

#include "gateway/server/http/stream.hpp"
#include "gateway/server/http/tls_context.hpp"

namespace passerelle::server::http {

class TlsStream final : public Stream {
 public:
  /// The clock outlives it. Throws TlsError when OpenSSL has no room.
  TlsStream(Descriptor socket, std::shared_ptr<const TlsContext> context, const model::Clock& clock);
  ~TlsStream() override;
  TlsStream(const TlsStream&) = delete;
  TlsStream& operator=(const TlsStream&) = delete;

  /// A session that is resumed is held against the end of its certificate again: its ticket is not.
  Io handshake() override;
  Transfer read(std::span<char> into) override;
  Transfer write(std::string_view bytes) override;
  void finish() noexcept override;
  [[nodiscard]] HandshakeFault fault() const override { return m_fault; }
  [[nodiscard]] std::shared_ptr<const PeerCertificate> peer() const override { return m_peer; }
  [[nodiscard]] bool is_tls() const noexcept override { return true; }

  /// By the callback of OpenSSL: the certificate of this chain was refused.
  void note_refused(int error, const X509* certificate);

 private:
  [[nodiscard]] Io outcome(int result);
  [[nodiscard]] Io accept_peer();
  void note_failed_handshake();

  std::shared_ptr<const TlsContext> m_context;
  const model::Clock* m_clock;
  SSL* m_tls;
  HandshakeFault m_fault;
  std::shared_ptr<const PeerCertificate> m_peer;
  bool m_is_broken = false;  ///< nothing may be said any more, not even the end
};

}  // namespace passerelle::server::http
