// Gives their numbers to deposits, once their receipts are given.
#pragma once

#include <string>
#include <vector>

#include "gateway/mapping/pivot_catalogue.hpp"
#include "gateway/server/doors/recurring.hpp"
#include "gateway/service/registry/deposit_demande.hpp"
#include "gateway/service/registry/registry.hpp"

namespace passerelle::server {

class DepositSettler {
 public:
  /// Settles what waits in these territories when it is woken, and every minute: others than this gateway's
  /// doors take deposits, and what failed is tried again. All of it outlives the settler.
  DepositSettler(const service::Registry& registry, const mapping::PivotCatalogue& catalogue,
                 std::vector<std::string> territories, const EventLog& log);

  /// Something waits. From any thread; does not wait.
  void wake() { m_work.wake(); }

 private:
  void settle(const std::stop_token& stop);

  const service::Registry& m_registry;
  const mapping::PivotCatalogue& m_catalogue;
  const std::vector<std::string> m_territories;
  const EventLog& m_log;
  Recurring m_work;
};

}  // namespace passerelle::server
