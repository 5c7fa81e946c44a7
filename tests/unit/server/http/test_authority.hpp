// An invented authority, the certificates that it gives, and the list of those that it revokes.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <openssl/types.h>
#include <string>
#include <vector>

namespace passerelle::server::http {

struct FreeKey {
  void operator()(EVP_PKEY* key) const noexcept;
};
struct FreeCertificate {
  void operator()(X509* certificate) const noexcept;
};

/// A certificate with its key, on P-256.
struct Identity {
  std::unique_ptr<X509, FreeCertificate> certificate;
  std::unique_ptr<EVP_PKEY, FreeKey> key;

  [[nodiscard]] std::string certificate_pem() const;
  [[nodiscard]] std::string key_pem() const;
};

/// From and until when, from now.
struct Validity {
  std::chrono::seconds from{-3600};
  std::chrono::seconds until{3600};
};

class Authority {
 public:
  explicit Authority(const std::string& name);

  /// `names`: alternative names as OpenSSL writes them, `DNS:a,URI:b`; empty: none.
  [[nodiscard]] Identity issue(const std::string& name, const std::string& names = {},
                               Validity validity = {});
  void revoke(const Identity& identity);

  [[nodiscard]] std::string certificate_pem() const { return m_self.certificate_pem(); }
  /// Those revoked so far; the list is to be replaced within `next`.
  [[nodiscard]] std::string revocations_pem(std::chrono::seconds next = std::chrono::hours(1)) const;

 private:
  Identity m_self;
  long m_serial = 1;
  std::vector<long> m_revoked;
};

/// Writes a file, or writes over it, readable by its owner alone.
void write_file(const std::filesystem::path& file, const std::string& text);

}  // namespace passerelle::server::http
