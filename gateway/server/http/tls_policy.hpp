// What TLS may be, on both sides: versions, suites, groups, and whose keys are kept well.
#pragma once

#include <filesystem>
#include <openssl/types.h>

namespace passerelle::server::http {

/// TLS 1.2 and 1.3, with the suites and groups of ANSSI's guide to TLS (1.2). Whether this OpenSSL has them.
[[nodiscard]] bool choose_versions_and_suites(SSL_CTX* context);

/// Whether a key is there and no stranger may read it. A group of the system may, as where one program renews
/// certificates for several.
[[nodiscard]] bool is_closed_to_strangers(const std::filesystem::path& key);

}  // namespace passerelle::server::http
