#include "gateway/store/certificate.hpp"

#include <chrono>
#include <ctime>
#include <memory>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "gateway/model/clock.hpp"

namespace passerelle::store {
namespace {

using Memory = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Parsed = std::unique_ptr<X509, decltype(&X509_free)>;

/// The day behind the last one of the certificate.
std::optional<std::string> end_of(const X509& certificate) {
  std::tm end{};
  if (ASN1_TIME_to_tm(X509_get0_notAfter(&certificate), &end) != 1) return std::nullopt;
  const std::chrono::sys_days day = std::chrono::year(end.tm_year + 1900) / (end.tm_mon + 1) / end.tm_mday;
  return model::utc_day(day + std::chrono::days(1));
}

}  // namespace

std::optional<Certificate> read_certificate(std::string_view pem) {
  const Memory text(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
  const Parsed parsed(PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr), &X509_free);
  if (!parsed) return std::nullopt;
  const auto until = end_of(*parsed);
  Bytes fingerprint(EVP_MAX_MD_SIZE);
  unsigned int size = 0;
  if (!until || X509_digest(parsed.get(), EVP_sha256(), fingerprint.data(), &size) != 1) return std::nullopt;
  fingerprint.resize(size);
  return Certificate{std::move(fingerprint), *until};
}

}  // namespace passerelle::store
