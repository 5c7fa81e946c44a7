// Gives their numbers to deposits, once their receipts are given.
#pragma once

#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "gateway/mapping/pivot_catalogue.hpp"
#include "gateway/server/doors/recurring.hpp"
#include "gateway/service/registry/deposit_demande.hpp"
#include "gateway/service/registry/registry.hpp"

namespace passerelle::server {

class DepositSettler {
 public:
  /// Settles what waits in these territories: at once, since a stopped gateway may have left some, and when
  /// it is woken; what fails is tried again every minute. All of it outlives the settler.
  DepositSettler(const service::Registry& registry, const mapping::PivotCatalogue& catalogue,
                 const std::vector<std::string>& territories, const EventLog& log);

  /// Something waits in a territory. From any thread; does not wait.
  void wake(const std::string& territory);

 private:
  void settle(const std::stop_token& stop);
  void tell(const std::string& territory, const service::Settlement& done) const;

  const service::Registry& m_registry;
  const mapping::PivotCatalogue& m_catalogue;
  const EventLog& m_log;
  std::mutex m_mutex;
  std::set<std::string> m_waiting;
  Recurring m_work;
};

}  // namespace passerelle::server
