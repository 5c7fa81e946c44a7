#include "tests/unit/server/http/test_authority.hpp"

#include <fstream>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace passerelle::server::http {
namespace {

struct FreeBio {
  void operator()(BIO* bio) const noexcept { BIO_free(bio); }
};
struct FreeList {
  void operator()(X509_CRL* list) const noexcept { X509_CRL_free(list); }
};
using Text = std::unique_ptr<BIO, FreeBio>;

std::string content_of(const Text& text) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(text.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

void add_extension(X509& certificate, const X509& issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, const_cast<X509*>(&issuer), &certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  X509_add_ext(&certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

/// Not signed yet.
Identity draft(const std::string& name, long serial, const X509_NAME* issuer, Validity validity) {
  Identity identity{.certificate = std::unique_ptr<X509, FreeCertificate>(X509_new()),
                    .key = std::unique_ptr<EVP_PKEY, FreeKey>(EVP_EC_gen("P-256"))};
  X509* certificate = identity.certificate.get();
  X509_set_version(certificate, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate), validity.from.count());
  X509_gmtime_adj(X509_getm_notAfter(certificate), validity.until.count());
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  X509_set_issuer_name(certificate, issuer == nullptr ? X509_get_subject_name(certificate) : issuer);
  X509_set_pubkey(certificate, identity.key.get());
  return identity;
}

}  // namespace

void FreeKey::operator()(EVP_PKEY* key) const noexcept {
  EVP_PKEY_free(key);
}

void FreeCertificate::operator()(X509* certificate) const noexcept {
  X509_free(certificate);
}

std::string Identity::certificate_pem() const {
  const Text text(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(text.get(), certificate.get());
  return content_of(text);
}

std::string Identity::key_pem() const {
  const Text text(BIO_new(BIO_s_mem()));
  PEM_write_bio_PrivateKey(text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  return content_of(text);
}

Authority::Authority(const std::string& name)
    : m_self(draft(name, 1, nullptr, {.until = std::chrono::hours(24)})) {
  add_extension(*m_self.certificate, *m_self.certificate, NID_basic_constraints, "critical,CA:TRUE");
  add_extension(*m_self.certificate, *m_self.certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
  X509_sign(m_self.certificate.get(), m_self.key.get(), EVP_sha256());
}

Identity Authority::issue(const std::string& name, const std::string& names, Validity validity) {
  Identity identity = draft(name, ++m_serial, X509_get_subject_name(m_self.certificate.get()), validity);
  if (!names.empty()) add_extension(*identity.certificate, *m_self.certificate, NID_subject_alt_name, names);
  X509_sign(identity.certificate.get(), m_self.key.get(), EVP_sha256());
  return identity;
}

void Authority::revoke(const Identity& identity) {
  m_revoked.push_back(ASN1_INTEGER_get(X509_get0_serialNumber(identity.certificate.get())));
}

std::string Authority::revocations_pem(std::chrono::seconds next) const {
  const std::unique_ptr<X509_CRL, FreeList> list(X509_CRL_new());
  const std::unique_ptr<ASN1_TIME, decltype(&ASN1_TIME_free)> time(ASN1_TIME_new(), &ASN1_TIME_free);
  X509_CRL_set_version(list.get(), X509_CRL_VERSION_2);
  X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(m_self.certificate.get()));
  X509_gmtime_adj(time.get(), -3600);
  X509_CRL_set1_lastUpdate(list.get(), time.get());
  for (const long serial : m_revoked) {
    X509_REVOKED* revoked = X509_REVOKED_new();
    ASN1_INTEGER* number = ASN1_INTEGER_new();
    ASN1_INTEGER_set(number, serial);
    X509_REVOKED_set_serialNumber(revoked, number);
    X509_REVOKED_set_revocationDate(revoked, time.get());
    X509_CRL_add0_revoked(list.get(), revoked);
    ASN1_INTEGER_free(number);
  }
  X509_gmtime_adj(time.get(), next.count());
  X509_CRL_set1_nextUpdate(list.get(), time.get());
  X509_CRL_sign(list.get(), m_self.key.get(), EVP_sha256());
  const Text text(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509_CRL(text.get(), list.get());
  return content_of(text);
}

void write_file(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
  std::filesystem::permissions(file,
                               std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

}  // namespace passerelle::server::http
