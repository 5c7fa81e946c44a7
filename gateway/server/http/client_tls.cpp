#include "gateway/server/http/client_tls.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "gateway/server/http/certificate_time.hpp"
#include "gateway/server/http/tls_policy.hpp"

namespace passerelle::server::http {
namespace {

/// What OpenSSL says is left out: it may quote a file.
void require(bool holds, const char* problem) {
  ERR_clear_error();
  if (!holds) throw TlsError(problem);
}

bool is_address(const std::string& host) {
  ASN1_OCTET_STRING* const octets = a2i_IPADDRESS(host.c_str());
  ASN1_OCTET_STRING_free(octets);
  return octets != nullptr;
}

/// RFC 6066, 3. The macro of OpenSSL casts as C does.
bool announce(SSL* tls, std::string host) {
  return SSL_ctrl(tls, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, host.data()) == 1;
}

/// Whom the certificate must be for (RFC 6125; RFC 5280, 4.2.1.6 for an address). No `*` but a whole label.
bool expect(SSL* tls, const std::string& host) {
  if (is_address(host)) return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(tls), host.c_str()) == 1;
  SSL_set_hostflags(tls, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  return SSL_set1_host(tls, host.c_str()) == 1 && announce(tls, host);
}

}  // namespace

ClientTls::ClientTls(const TlsFiles& files, model::Time now) : m_handle(SSL_CTX_new(TLS_client_method())) {
  require(m_handle != nullptr, "TLS ne peut pas être préparé");
  try {
    require(choose_versions_and_suites(m_handle),
            "cette version d'OpenSSL ne connaît pas les suites de chiffrement voulues");
    SSL_CTX_set_options(m_handle, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_mode(m_handle, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_session_cache_mode(m_handle, SSL_SESS_CACHE_OFF);
    if (!files.certificate.empty()) use_certificate(files, now);
    believe(files);
  } catch (...) {
    SSL_CTX_free(m_handle);
    throw;
  }
}

ClientTls::~ClientTls() {
  SSL_CTX_free(m_handle);
}

SSL* ClientTls::open(int socket, const std::string& host) const {
  SSL* const tls = SSL_new(m_handle);
  if (tls == nullptr || SSL_set_fd(tls, socket) != 1 || !expect(tls, host)) {
    SSL_free(tls);
    throw TlsError("pas de connexion possible à ce nom");
  }
  SSL_set_connect_state(tls);
  return tls;
}

void ClientTls::use_certificate(const TlsFiles& files, model::Time now) {
  require(SSL_CTX_use_certificate_chain_file(m_handle, files.certificate.c_str()) == 1,
          "certificat du client illisible");
  require(is_closed_to_strangers(files.key), "clé du client absente, ou lisible par tous");
  require(SSL_CTX_use_PrivateKey_file(m_handle, files.key.c_str(), SSL_FILETYPE_PEM) == 1 &&
              SSL_CTX_check_private_key(m_handle) == 1,
          "clé du client illisible, ou d'un autre certificat");
  const X509* certificate = SSL_CTX_get0_certificate(m_handle);
  const auto not_before = time_of(X509_get0_notBefore(certificate));
  const auto not_after = time_of(X509_get0_notAfter(certificate));
  require(not_before && not_after && *not_before <= now && now < *not_after,
          "certificat du client pas encore valide, ou expiré");
}

void ClientTls::believe(const TlsFiles& files) {
  require(SSL_CTX_load_verify_file(m_handle, files.authorities.c_str()) == 1,
          "certificats des autorités illisibles");
  SSL_CTX_set_verify(m_handle, SSL_VERIFY_PEER, nullptr);
  if (files.revocations.empty()) return;
  require(SSL_CTX_load_verify_file(m_handle, files.revocations.c_str()) == 1,
          "liste de révocation illisible");
  X509_STORE_set_flags(SSL_CTX_get_cert_store(m_handle), X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
}

}  // namespace passerelle::server::http
