#include "gateway/server/http/peer_certificate.hpp"

#include <Poco/Net/IPAddress.h>
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <openssl/evp.h>
#include <openssl/x509v3.h>
#include <optional>
#include <span>

#include "gateway/server/http/certificate_time.hpp"

namespace passerelle::server::http {
namespace {

struct FreeNames {
  void operator()(GENERAL_NAMES* names) const noexcept { GENERAL_NAMES_free(names); }
};
struct FreeBio {
  void operator()(BIO* bio) const noexcept { BIO_free(bio); }
};

std::string subject_of(const X509& certificate) {
  const std::unique_ptr<BIO, FreeBio> text(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(text.get(), X509_get_subject_name(&certificate), 0, XN_FLAG_RFC2253);
  char* data = nullptr;
  const long size = BIO_get_mem_data(text.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

/// Of the kinds that are strings.
std::string text_of(const void* value) {
  const auto* text = static_cast<const ASN1_STRING*>(value);
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
          static_cast<std::size_t>(ASN1_STRING_length(text))};
}

std::optional<AlternativeName> read_address(const std::string& octets) {
  if (octets.size() != 4 && octets.size() != 16) return std::nullopt;
  const Poco::Net::IPAddress address(octets.data(), static_cast<poco_socklen_t>(octets.size()));
  return AlternativeName{AlternativeName::Kind::address, address.toString()};
}

std::optional<AlternativeName> read_name(const GENERAL_NAME& name) {
  using Kind = AlternativeName::Kind;
  int kind = 0;
  const void* value = GENERAL_NAME_get0_value(&name, &kind);
  switch (kind) {
    case GEN_DNS: return AlternativeName{Kind::dns, text_of(value)};
    case GEN_EMAIL: return AlternativeName{Kind::email, text_of(value)};
    case GEN_URI: return AlternativeName{Kind::uri, text_of(value)};
    case GEN_IPADD: return read_address(text_of(value));
    default: return std::nullopt;
  }
}

std::vector<AlternativeName> names_of(const X509& certificate) {
  const std::unique_ptr<GENERAL_NAMES, FreeNames> all(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr)));
  std::vector<AlternativeName> names;
  for (int i = 0; all != nullptr && i < sk_GENERAL_NAME_num(all.get()); ++i) {
    auto name = read_name(*sk_GENERAL_NAME_value(all.get(), i));
    if (name && std::ranges::count(name->value, '\0') == 0) names.push_back(std::move(*name));
  }
  return names;
}

}  // namespace

std::string PeerCertificate::short_fingerprint() const {
  return fmt::format("{:02x}", fmt::join(std::span(fingerprint).first(fingerprint.size() / 2), ""));
}

std::shared_ptr<const PeerCertificate> read_peer(const X509& certificate) {
  auto peer = std::make_shared<PeerCertificate>();
  unsigned int size = 0;
  const auto not_after = time_of(X509_get0_notAfter(&certificate));
  if (!not_after || X509_digest(&certificate, EVP_sha256(), peer->fingerprint.data(), &size) != 1)
    return nullptr;
  peer->subject = subject_of(certificate);
  peer->names = names_of(certificate);
  peer->not_after = *not_after;
  return peer;
}

}  // namespace passerelle::server::http
