#include "gateway/server/doors/deposit_settler.hpp"

#include <fmt/format.h>
#include <utility>

namespace passerelle::server {

DepositSettler::DepositSettler(const service::Registry& registry, const mapping::PivotCatalogue& catalogue,
                               std::vector<std::string> territories, const EventLog& log)
    : m_registry(registry),
      m_catalogue(catalogue),
      m_territories(std::move(territories)),
      m_log(log),
      m_work("deposits", std::chrono::minutes(1), log,
             [this](const std::stop_token& stop) { settle(stop); }) {}

void DepositSettler::settle(const std::stop_token& stop) {
  for (const std::string& territory : m_territories) {
    if (stop.stop_requested()) return;
    const auto done = service::settle_deposits(m_registry, m_catalogue, territory);
    if (done.settled + done.refused == 0) continue;
    m_log.tell("deposits", fmt::format(R"("territory":"{}","settled":{},"refused":{})", territory,
                                       done.settled, done.refused));
  }
}

}  // namespace passerelle::server
