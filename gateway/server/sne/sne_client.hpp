// The services of the SNE, called over HTTPS: what is sent and asked, and how each answer is understood.
#pragma once

#include <chrono>
#include <filesystem>
#include <stop_token>
#include <string>
#include <tl/expected.hpp>

#include "adapters/sne/client_request.hpp"
#include "gateway/server/http/https_client.hpp"
#include "gateway/service/registry/feed_partner.hpp"
#include "gateway/service/registry/pull_partner.hpp"

namespace passerelle::server {

struct SneSettings {
  http::HttpsSettings https;
  std::string path;                   ///< empty: that of the services
  std::filesystem::path certificate;  ///< that travels in messages; empty: none, and no name
};

class SneClient {
 public:
  /// Reads the certificate that travels, and tries those of the connection. Throws http::TlsError when one
  /// cannot be used.
  SneClient(SneSettings settings, const model::Clock& clock);

  /// getNumUnique. Refused: anomalies, a fault of the sender, another number than ours. Anything else that is
  /// no document with our number passes (docs/sne-feed.md). Throws http::TlsError for files of ours.
  [[nodiscard]] service::FeedAnswer send(const service::FeedFile& file, const std::stop_token& stop) const;

  /// One of the services that take a date; its document, or why there is none.
  [[nodiscard]] tl::expected<model::Personal<std::string>, std::string> ask(
      service::PulledService service, model::Time since, const std::stop_token& stop) const;

 private:
  [[nodiscard]] tl::expected<http::ClientAnswer, http::ClientFault> post(const sne::WireMessage& message,
                                                                         const std::stop_token& stop) const;
  [[nodiscard]] sne::SentCertificate certificate() const { return {m_certificate_name, m_certificate}; }

  http::HttpsClient m_client;
  std::string m_path;
  std::string m_certificate_name;
  std::string m_certificate;
};

}  // namespace passerelle::server
