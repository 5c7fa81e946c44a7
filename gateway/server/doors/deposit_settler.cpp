#include "gateway/server/doors/deposit_settler.hpp"

#include <fmt/format.h>

namespace passerelle::server {

DepositSettler::DepositSettler(const service::Registry& registry, const mapping::PivotCatalogue& catalogue,
                               const std::vector<std::string>& territories, const EventLog& log)
    : m_registry(registry),
      m_catalogue(catalogue),
      m_log(log),
      m_waiting(territories.begin(), territories.end()),
      m_work("deposits", std::chrono::minutes(1), log,
             [this](const std::stop_token& stop) { settle(stop); }) {}

void DepositSettler::wake(const std::string& territory) {
  {
    const std::scoped_lock lock(m_mutex);
    m_waiting.insert(territory);
  }
  m_work.wake();
}

void DepositSettler::settle(const std::stop_token& stop) {
  std::set<std::string> waiting;
  {
    const std::scoped_lock lock(m_mutex);
    waiting = m_waiting;
  }
  for (const std::string& territory : waiting) {
    if (stop.stop_requested()) return;
    {
      const std::scoped_lock lock(m_mutex);
      m_waiting.erase(territory);
    }
    try {
      tell(territory, service::settle_deposits(m_registry, m_catalogue, territory));
    } catch (...) {
      const std::scoped_lock lock(m_mutex);
      m_waiting.insert(territory);
      throw;
    }
  }
}

void DepositSettler::tell(const std::string& territory, const service::Settlement& done) const {
  if (done.settled + done.refused == 0) return;
  m_log.tell("deposits", fmt::format(R"("territory":"{}","settled":{},"refused":{})", territory, done.settled,
                                     done.refused));
}

}  // namespace passerelle::server
