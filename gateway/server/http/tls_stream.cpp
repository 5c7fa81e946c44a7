#include "gateway/server/http/tls_stream.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <sys/socket.h>
#include <utility>

namespace passerelle::server::http {
namespace {

/// The stream that a chain is verified for.
TlsStream* stream_of(X509_STORE_CTX* chain) {
  const auto* tls =
      static_cast<const SSL*>(X509_STORE_CTX_get_ex_data(chain, SSL_get_ex_data_X509_STORE_CTX_idx()));
  return static_cast<TlsStream*>(SSL_get_app_data(tls));
}

/// SSL_verify_cb: notes the first fault, changes no verdict.
int note_verdict(int is_good, X509_STORE_CTX* chain) {
  if (is_good == 0)
    stream_of(chain)->note_refused(X509_STORE_CTX_get_error(chain), X509_STORE_CTX_get0_cert(chain));
  return is_good;
}

Refusal refusal_of(int verify_error) {
  switch (verify_error) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID: return Refusal::certificate_expired;
    case X509_V_ERR_CERT_REVOKED: return Refusal::certificate_revoked;
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
    case X509_V_ERR_CERT_UNTRUSTED:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: return Refusal::certificate_unknown;
    case X509_V_ERR_CRL_HAS_EXPIRED:
    case X509_V_ERR_CRL_NOT_YET_VALID:
    case X509_V_ERR_UNABLE_TO_GET_CRL: return Refusal::revocations;
    default: return Refusal::certificate_other;
  }
}

Refusal refusal_of_reason(int reason) {
  switch (reason) {
    case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE: return Refusal::certificate_missing;
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_VERSION_TOO_LOW: return Refusal::tls_version;
    case SSL_R_HTTP_REQUEST:
    case SSL_R_HTTPS_PROXY_REQUEST: return Refusal::not_tls;
    default: return Refusal::tls;
  }
}

}  // namespace

TlsStream::TlsStream(Descriptor socket, std::shared_ptr<const TlsContext> context, const model::Clock& clock)
    : Stream(std::move(socket)),
      m_context(std::move(context)),
      m_clock(&clock),
      m_tls(SSL_new(m_context->handle())) {
  if (m_tls == nullptr || SSL_set_fd(m_tls, this->socket()) != 1) {
    SSL_free(m_tls);
    throw TlsError("pas de place pour une connexion");
  }
  SSL_set_app_data(m_tls, this);
  SSL_set_verify(m_tls, SSL_get_verify_mode(m_tls), note_verdict);
  SSL_set_accept_state(m_tls);
}

TlsStream::~TlsStream() {
  SSL_free(m_tls);
}

Io TlsStream::handshake() {
  ERR_clear_error();
  const Io io = outcome(SSL_do_handshake(m_tls));
  if (io == Io::done) return accept_peer();
  if (io == Io::ended || io == Io::failed) note_failed_handshake();
  return io;
}

Transfer TlsStream::read(std::span<char> into) {
  ERR_clear_error();
  std::size_t bytes = 0;
  const int result = SSL_read_ex(m_tls, into.data(), into.size(), &bytes);
  return {outcome(result), bytes};
}

Transfer TlsStream::write(std::string_view bytes) {
  ERR_clear_error();
  std::size_t written = 0;
  const int result = SSL_write_ex(m_tls, bytes.data(), bytes.size(), &written);
  return {outcome(result), written};
}

void TlsStream::finish() noexcept {
  ERR_clear_error();
  if (!m_is_broken && SSL_is_init_finished(m_tls) == 1) SSL_shutdown(m_tls);
  ERR_clear_error();
  ::shutdown(socket(), SHUT_WR);
}

void TlsStream::note_refused(int error, const X509* certificate) {
  m_fault.refusal = refusal_of(error);
  const auto refused = certificate == nullptr ? nullptr : read_peer(*certificate);
  if (refused) m_fault.fingerprint = refused->short_fingerprint();
}

Io TlsStream::outcome(int result) {
  if (result == 1) return Io::done;
  switch (SSL_get_error(m_tls, result)) {
    case SSL_ERROR_WANT_READ: return Io::wants_read;
    case SSL_ERROR_WANT_WRITE: return Io::wants_write;
    case SSL_ERROR_ZERO_RETURN: return Io::ended;
    default: m_is_broken = true; return Io::failed;
  }
}

Io TlsStream::accept_peer() {
  const X509* certificate = SSL_get0_peer_certificate(m_tls);
  if (certificate == nullptr) return Io::done;
  m_peer = read_peer(*certificate);
  if (m_peer != nullptr && m_clock->now() < m_peer->not_after) return Io::done;
  m_fault.refusal = m_peer == nullptr ? Refusal::certificate_other : Refusal::certificate_expired;
  if (m_peer != nullptr) m_fault.fingerprint = m_peer->short_fingerprint();
  return Io::failed;
}

/// A fault of the certificate was noted when the chain was looked at.
void TlsStream::note_failed_handshake() {
  const unsigned long error = ERR_peek_error();
  if (m_fault.refusal == Refusal::tls && ERR_GET_LIB(error) == ERR_LIB_SSL)
    m_fault.refusal = refusal_of_reason(ERR_GET_REASON(error));
}

}  // namespace passerelle::server::http
