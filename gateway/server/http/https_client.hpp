// The HTTPS client: one request, one connection, one answer.
#pragma once

#include <chrono>
#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "gateway/server/http/answer_reader.hpp"
#include "gateway/server/http/client_tls.hpp"

namespace passerelle::server::http {

struct HttpsSettings {
  ClientStream::Place place;
  TlsFiles files;  ///< our certificate and key, the authorities of the server, their revocations
  std::chrono::milliseconds connect{10'000};   ///< to be connected, TLS included
  std::chrono::milliseconds exchange{60'000};  ///< from then to the last octet of the answer
  std::size_t answer_bytes = std::size_t{24} * 1024 * 1024;
};

/// What is posted.
struct ClientRequest {
  std::string_view path;  ///< written as it is
  std::string_view content_type;
  std::string_view body;
};

/// Answers of any status are answers. Files are read at each request, so that a certificate is renewed by
/// replacing them. Threads may share it.
class HttpsClient {
 public:
  HttpsClient(HttpsSettings settings, const model::Clock& clock)
      : m_settings(std::move(settings)), m_clock(&clock) {}

  /// Throws TlsError when a file cannot be used now: before anything is begun.
  void check() const { static_cast<void>(ClientTls(m_settings.files, m_clock->now())); }
  /// Throws TlsError when a file cannot be used.
  [[nodiscard]] tl::expected<ClientAnswer, ClientFault> post(const ClientRequest& request,
                                                             const std::stop_token& stop = {}) const;

 private:
  HttpsSettings m_settings;
  const model::Clock* m_clock;
};

}  // namespace passerelle::server::http
