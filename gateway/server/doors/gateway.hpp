// A registry that is served: what the doors of one gateway share, for as long as it runs.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>

#include "adapters/sne/desk.hpp"
#include "gateway/server/doors/day_scheduler.hpp"
#include "gateway/server/doors/deposit_settler.hpp"
#include "gateway/server/doors/sne_exchange.hpp"
#include "gateway/server/http/routes.hpp"
#include "gateway/server/registry_session.hpp"

namespace passerelle::server {

/// What the gateway does of itself.
struct OwnWork {
  std::chrono::minutes day{0};             ///< behind midnight, when the calendar runs; 0: never
  std::optional<SneExchangeSettings> sne;  ///< nothing: the national system is neither told nor asked
};

class Gateway {
 public:
  /// Opens the registry, with as many connections as requests are worked on at once and some for the
  /// gateway's own work, which begins and is told to the log, which outlives it. Throws what RegistrySession
  /// and SneExchange throw.
  Gateway(const RegistryPlace& place, const std::filesystem::path& home, std::size_t workers,
          const OwnWork& own, const EventLog& log);

  /// The routes of every door. They must not be used once this is gone.
  [[nodiscard]] http::Routes doors();
  /// Reads the tables of access again, and tells what became of them; faults leave those in force. From any
  /// thread.
  void reload_access();
  /// Why no work may be given, in French; empty when it may. From any thread; does not wait.
  [[nodiscard]] std::string problem() const { return m_is_reachable ? "" : "registre injoignable"; }
  /// How many territories wait for a person before their calendar goes on.
  [[nodiscard]] int waiting_days() const noexcept { return m_calendar ? m_calendar->waiting() : 0; }

 private:
  void look_at_registry();

  std::filesystem::path m_home;
  const EventLog& m_log;
  RegistrySession m_session;
  std::optional<model::Geography> m_geography;
  sne::Desk m_sne;
  DepositSettler m_settler;
  std::atomic<bool> m_is_reachable = true;
  Recurring m_watch;
  std::unique_ptr<DayScheduler> m_calendar;  // null: nobody wants one
  std::unique_ptr<SneExchange> m_exchange;   // null: the same
};

}  // namespace passerelle::server
