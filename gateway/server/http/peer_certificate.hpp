// Who is at the other end of a TLS connection: what the certificate that was verified says.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <openssl/types.h>
#include <string>
#include <vector>

#include "gateway/model/clock.hpp"

namespace passerelle::server::http {

/// A subject alternative name (RFC 5280, 4.2.1.6), of the kinds that name machines and people.
struct AlternativeName {
  enum class Kind : std::uint8_t { dns, email, uri, address };
  Kind kind;
  std::string value;
};

/// May name a person: never logged but by its fingerprint.
struct PeerCertificate {
  std::string subject;  ///< RFC 2253
  std::vector<AlternativeName> names;
  std::array<std::uint8_t, 32> fingerprint{};  ///< SHA-256 of its DER form
  model::Time not_after;

  /// The first half of the fingerprint, in hexadecimal: enough to find a partner in a log.
  [[nodiscard]] std::string short_fingerprint() const;
};

/// What a certificate says; an alternative name that holds an octet 0 is left out, since two readers would
/// understand it differently. Null when it cannot be read.
[[nodiscard]] std::shared_ptr<const PeerCertificate> read_peer(const X509& certificate);

}  // namespace passerelle::server::http
