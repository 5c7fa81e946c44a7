#include "gateway/server/http/tls_context.hpp"

#include <cerrno>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include "gateway/server/http/certificate_time.hpp"
#include "gateway/server/http/tls_policy.hpp"

namespace passerelle::server::http {
namespace {

namespace fs = std::filesystem;

constexpr long ticket_life_s = 3600;

struct FreeBio {
  void operator()(BIO* bio) const noexcept { BIO_free(bio); }
};
struct FreeCrl {
  void operator()(X509_CRL* crl) const noexcept { X509_CRL_free(crl); }
};

/// What OpenSSL says is left out: it may quote a file.
void require(bool holds, const char* problem) {
  ERR_clear_error();
  if (!holds) throw TlsError(problem);
}

std::string content_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

std::shared_ptr<const TlsContext> TlsContext::load(const TlsSettings& settings, model::Time now) {
  const std::shared_ptr<TlsContext> context(new TlsContext());
  context->choose_options();
  context->use_certificate(settings.files, now);
  if (!settings.files.authorities.empty()) context->ask_clients(settings);
  if (!settings.files.revocations.empty()) context->check_revocations(settings.files.revocations, now);
  return context;
}

TlsContext::TlsContext() : m_handle(SSL_CTX_new(TLS_server_method())) {
  require(m_handle != nullptr, "TLS ne peut pas être préparé");
}

TlsContext::~TlsContext() {
  SSL_CTX_free(m_handle);
}

void TlsContext::choose_options() {
  SSL_CTX_set_options(m_handle, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                    SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
  // Buffers of a connection that is idle are given back: 34 kB each.
  SSL_CTX_set_mode(m_handle, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                 SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  require(choose_versions_and_suites(m_handle),
          "cette version d'OpenSSL ne connaît pas les suites de chiffrement voulues");
  // Tickets, not a cache: nothing of a client stays in memory.
  SSL_CTX_set_session_cache_mode(m_handle, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(m_handle, 1);
  SSL_CTX_set_timeout(m_handle, ticket_life_s);
}

void TlsContext::use_certificate(const TlsFiles& files, model::Time now) {
  require(SSL_CTX_use_certificate_chain_file(m_handle, files.certificate.c_str()) == 1,
          "certificat du serveur illisible");
  require(is_closed_to_strangers(files.key), "clé du serveur absente, ou lisible par tous");
  require(SSL_CTX_use_PrivateKey_file(m_handle, files.key.c_str(), SSL_FILETYPE_PEM) == 1 &&
              SSL_CTX_check_private_key(m_handle) == 1,
          "clé du serveur illisible, ou d'un autre certificat");
  const X509* certificate = SSL_CTX_get0_certificate(m_handle);
  const auto not_before = time_of(X509_get0_notBefore(certificate));
  const auto not_after = time_of(X509_get0_notAfter(certificate));
  require(not_before && not_after && *not_before <= now && now < *not_after,
          "certificat du serveur pas encore valide, ou expiré");
  m_not_after = *not_after;
}

void TlsContext::ask_clients(const TlsSettings& settings) {
  const TlsFiles& files = settings.files;
  m_trust = content_of(files.authorities);
  require(SSL_CTX_load_verify_file(m_handle, files.authorities.c_str()) == 1,
          "certificats des autorités illisibles");
  // The client list belongs to the context.
  SSL_CTX_set_client_CA_list(m_handle, SSL_load_client_CA_file(files.authorities.c_str()));
  const bool demanded = settings.clients == ClientCertificate::required;
  SSL_CTX_set_verify(m_handle, SSL_VERIFY_PEER | (demanded ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0), nullptr);
  // Sessions of clients that were verified are resumed under a name only.
  constexpr std::string_view name = "passerelle";
  SSL_CTX_set_session_id_context(m_handle, reinterpret_cast<const unsigned char*>(name.data()), name.size());
}

/// The lists of all authorities of a chain: one that is missing, or over, refuses everyone (RFC 5280, 6.3.3).
void TlsContext::check_revocations(const fs::path& file, model::Time now) {
  m_trust += content_of(file);
  X509_STORE* store = SSL_CTX_get_cert_store(m_handle);
  const std::unique_ptr<BIO, FreeBio> in(BIO_new_file(file.c_str(), "r"));
  int lists = 0;
  while (in != nullptr) {
    const std::unique_ptr<X509_CRL, FreeCrl> list(PEM_read_bio_X509_CRL(in.get(), nullptr, nullptr, nullptr));
    if (list == nullptr) break;
    ++lists;
    const auto next = time_of(X509_CRL_get0_nextUpdate(list.get()));
    require(!next || now < *next, "liste de révocation dépassée");
    if (next && (!m_next_revocations || *next < *m_next_revocations)) m_next_revocations = next;
    require(X509_STORE_add_crl(store, list.get()) == 1, "liste de révocation illisible");
  }
  require(lists > 0, "liste de révocation illisible");
  X509_STORE_set_flags(store, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
}

}  // namespace passerelle::server::http
