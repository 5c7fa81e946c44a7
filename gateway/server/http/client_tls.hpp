// What TLS is made with when we are the client: our certificate, and the one server that we believe.
#pragma once

#include <openssl/types.h>
#include <string>

#include "gateway/model/clock.hpp"
#include "gateway/server/http/tls_context.hpp"

namespace passerelle::server::http {

/// Versions, suites and groups are those of the server (tls_policy.hpp). The server must show a certificate
/// of `authorities` for the host asked; with `revocations`, of every authority of its chain.
class ClientTls {
 public:
  /// Throws TlsError as TlsContext::load does. Without a certificate none is shown.
  ClientTls(const TlsFiles& files, model::Time now);
  ~ClientTls();
  ClientTls(const ClientTls&) = delete;
  ClientTls& operator=(const ClientTls&) = delete;

  /// A connection to be made over a socket that is connected; SSL_free is the caller's. Throws TlsError for
  /// want of memory, or when `host` is neither a name nor an address.
  [[nodiscard]] SSL* open(int socket, const std::string& host) const;

 private:
  void use_certificate(const TlsFiles& files, model::Time now);
  void believe(const TlsFiles& files);

  SSL_CTX* m_handle;
};

}  // namespace passerelle::server::http
