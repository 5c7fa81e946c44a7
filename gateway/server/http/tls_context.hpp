// What TLS is made with: our certificate, whom we believe, who is revoked; read from files, once.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <openssl/types.h>
#include <optional>
#include <stdexcept>
#include <string>

#include "gateway/model/clock.hpp"

namespace passerelle::server::http {

/// PEM files. Without `authorities` no client certificate is asked for.
struct TlsFiles {
  std::filesystem::path certificate;  ///< ours, then those between it and its authority
  std::filesystem::path key;          ///< of ours; no stranger may read it
  std::filesystem::path authorities;  ///< those that clients' certificates come from
  std::filesystem::path
      revocations;  ///< the list (CRL) of every authority of a chain; empty: none is checked
};

enum class ClientCertificate : std::uint8_t {
  required,
  optional,  ///< who shows none is let in; who shows a bad one is not
};

struct TlsSettings {
  TlsFiles files;
  ClientCertificate clients = ClientCertificate::required;
};

/// A file cannot be used: French text that names it by its role.
class TlsError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// TLS 1.2 and 1.3, with the suites and groups of ANSSI's guide to TLS (1.2), sessions resumed by tickets
/// that this context alone can read: a new one forgets them, so that who was revoked does not come back by an
/// old session.
class TlsContext {
 public:
  /// Throws TlsError: a file that cannot be read, a key that is not of the certificate, a certificate that is
  /// not valid at `now`, a list of revocations that is over.
  [[nodiscard]] static std::shared_ptr<const TlsContext> load(const TlsSettings& settings, model::Time now);
  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;

  [[nodiscard]] SSL_CTX* handle() const noexcept { return m_handle; }
  /// When our certificate ends.
  [[nodiscard]] model::Time not_after() const noexcept { return m_not_after; }
  /// When the first list of revocations is to be replaced; nothing: there is none, or it does not say.
  [[nodiscard]] std::optional<model::Time> next_revocations() const noexcept { return m_next_revocations; }
  /// Whether both believe the same authorities and the same lists.
  [[nodiscard]] bool trusts_as(const TlsContext& other) const noexcept { return m_trust == other.m_trust; }

 private:
  TlsContext();
  void choose_options();
  void use_certificate(const TlsFiles& files, model::Time now);
  void ask_clients(const TlsSettings& settings);
  void check_revocations(const std::filesystem::path& file, model::Time now);

  SSL_CTX* m_handle;
  model::Time m_not_after;
  std::optional<model::Time> m_next_revocations;
  std::string m_trust;  ///< the files of authorities and revocations, as they were read
};

}  // namespace passerelle::server::http
