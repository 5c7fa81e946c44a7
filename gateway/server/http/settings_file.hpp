// The configuration of `passerelle serve`: lines `name = value` (docs/settings-serve.md).
#pragma once

#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/server/http/https_client.hpp"
#include "gateway/server/http/listener.hpp"
#include "gateway/server/http/server.hpp"

namespace passerelle::server::http {

struct ServeSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8443;
  TlsSettings tls;
  std::string watch_address = "127.0.0.1";
  std::uint16_t watch_port = 9443;
  ServerSettings server;
  std::string database;           ///< of the registry: `postgresql://...`
  std::filesystem::path data;     ///< holds its private cluster; empty as well: no registry, so no door
  std::filesystem::path keys;     ///< empty: in `data`
  std::filesystem::path journal;  ///< of erasures; empty: beside the keys
  std::filesystem::path home;     ///< of tables and schemas; empty: found as everywhere
  std::chrono::minutes day{0};    ///< behind midnight, when the calendar runs; 0: never
  HttpsSettings sne;              ///< the national system; without a host it is neither told nor asked
  std::string sne_account = "sne";
  std::chrono::seconds sne_rounds{60};
  std::chrono::seconds sne_pulls{3600};
  std::chrono::seconds patience{30};  ///< of a stop
};

/// Every line that is wrong, in French, with its number; no value.
class SettingsError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Throws SettingsError, naming all that is wrong: unknown names, names given twice, values out of their
/// bounds, settings that are missing.
[[nodiscard]] ServeSettings read_settings(std::string_view text);

/// The names of all settings, in the order of the documentation.
[[nodiscard]] std::vector<std::string_view> setting_names();

}  // namespace passerelle::server::http
