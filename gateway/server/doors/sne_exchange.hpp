// Keeps the national system told, and asks it what it knows: rounds of the outbox, pulls.
#pragma once

#include <chrono>
#include <random>
#include <string>
#include <vector>

#include "gateway/server/doors/event_log.hpp"
#include "gateway/server/doors/recurring.hpp"
#include "gateway/server/registry_session.hpp"
#include "gateway/server/sne/sne_client.hpp"

namespace passerelle::server {

struct SneExchangeSettings {
  SneSettings sne;
  std::string account = "sne";       ///< of the program, and recipient of the outbox
  std::chrono::seconds rounds{60};   ///< between two rounds of the outbox
  std::chrono::seconds pulls{3600};  ///< between two pulls; 0: none
};

class SneExchange {
 public:
  /// For each of these territories that the account may be told of. Throws http::TlsError when a certificate
  /// cannot be used. The session and the log outlive it.
  SneExchange(RegistrySession& session, mapping::Formats formats, const SneExchangeSettings& settings,
              std::vector<std::string> territories, const EventLog& log);

 private:
  void work(const std::stop_token& stop);
  void send(const service::Requester& requester, const std::string& territory, const std::stop_token& stop);
  void pull(const service::Requester& requester, const std::string& territory, service::PulledService service,
            const std::stop_token& stop);
  [[nodiscard]] bool is_time_to_pull();

  RegistrySession& m_session;
  mapping::Formats m_formats;  ///< of this thread alone
  const SneExchangeSettings m_settings;
  const SneClient m_client;
  const std::vector<std::string> m_territories;
  const EventLog& m_log;
  std::mt19937 m_random{std::random_device{}()};
  model::Time m_pulled_at{};
  Recurring m_work;
};

}  // namespace passerelle::server
