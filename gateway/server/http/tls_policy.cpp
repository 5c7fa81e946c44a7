#include "gateway/server/http/tls_policy.hpp"

#include <openssl/ssl.h>
#include <sys/stat.h>

namespace passerelle::server::http {
namespace {

// ANSSI, "Recommandations de sécurité relatives à TLS" 1.2, R6 to R9: forward secrecy and authenticated
// encryption only.
constexpr const char* suites_1_3 =
    "TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_CCM_SHA256";
constexpr const char* suites_1_2 =
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-CHACHA20-POLY1305:"
    "ECDHE-ECDSA-AES256-CCM:ECDHE-ECDSA-AES128-CCM:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-CHACHA20-POLY1305";
constexpr const char* groups = "X25519:P-256:P-384:P-521:X448";
constexpr const char* signatures =
    "ECDSA+SHA256:ECDSA+SHA384:ECDSA+SHA512:ed25519:ed448:RSA-PSS+SHA256:RSA-PSS+SHA384:RSA-PSS+SHA512:"
    "RSA+SHA256:RSA+SHA384:RSA+SHA512";

}  // namespace

bool choose_versions_and_suites(SSL_CTX* context) {
  return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
         SSL_CTX_set_max_proto_version(context, TLS1_3_VERSION) == 1 &&
         SSL_CTX_set_ciphersuites(context, suites_1_3) == 1 &&
         SSL_CTX_set_cipher_list(context, suites_1_2) == 1 &&
         SSL_CTX_set1_groups_list(context, groups) == 1 &&
         SSL_CTX_set1_sigalgs_list(context, signatures) == 1;
}

bool is_closed_to_strangers(const std::filesystem::path& key) {
  struct stat status {};
  return ::stat(key.c_str(), &status) == 0 && (status.st_mode & (S_IWGRP | S_IRWXO)) == 0;
}

}  // namespace passerelle::server::http
