// Runs the calendar of each territory once a day, at its hour.
#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "gateway/server/doors/event_log.hpp"
#include "gateway/server/doors/recurring.hpp"
#include "gateway/server/registry_session.hpp"

namespace passerelle::server {

class DayScheduler {
 public:
  /// Looks every minute whether a day has begun in a territory, `after` its midnight there, that it has not
  /// run; a day that is refused (an unusual one, which a second person must approve) is tried again in an
  /// hour. A day that another process has run already has nothing left to do. The session and the log outlive
  /// it.
  DayScheduler(RegistrySession& session, std::vector<std::string> territories, std::chrono::minutes after,
               const EventLog& log);

  /// How many territories wait for a person because their day is unusual or was refused.
  [[nodiscard]] int waiting() const noexcept { return m_waiting; }

 private:
  struct Last {
    std::string day;  ///< that was run
    model::Time tried;
    bool refused = false;
  };
  void look(const std::stop_token& stop);
  void look_at(const std::string& territory, Last& last);
  void run(const std::string& territory, const std::string& day, Last& last);
  void tell(const std::string& territory, const std::string& day, std::string_view outcome,
            std::int64_t steps) const;

  RegistrySession& m_session;
  const std::vector<std::string> m_territories;
  const std::chrono::minutes m_after;
  const EventLog& m_log;
  std::map<std::string, Last> m_last;
  std::atomic<int> m_waiting = 0;
  Recurring m_work;
};

}  // namespace passerelle::server
