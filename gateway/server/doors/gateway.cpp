#include "gateway/server/doors/gateway.hpp"

#include <fmt/format.h>

#include "gateway/codec/csv/csv_table.hpp"
#include "gateway/server/doors/sne_door.hpp"
#include "gateway/server/home.hpp"

namespace passerelle::server {
namespace {

/// Connections for what the gateway does of itself.
constexpr std::size_t own_connections = 4;
/// Between two looks whether the registry can be reached.
constexpr std::chrono::seconds between_looks{5};

}  // namespace

Gateway::Gateway(const RegistryPlace& place, const std::filesystem::path& home, std::size_t workers,
                 const OwnWork& own, const EventLog& log)
    : m_home(home),
      m_log(log),
      m_session(place, home, workers + own_connections),
      m_geography(load_geography(home)),
      m_sne({m_session.registry(), m_session.life(), m_session.formats(),
             m_geography ? &*m_geography : nullptr}),
      m_settler(m_session.registry(), m_session.pivot(), m_session.territories(), log),
      m_watch("registry", between_looks, log, [this](const std::stop_token&) { look_at_registry(); }) {
  if (own.day.count() > 0)
    m_calendar = std::make_unique<DayScheduler>(m_session, m_session.territories(), own.day, log);
  if (own.sne)
    m_exchange =
        std::make_unique<SneExchange>(m_session, open_formats(home), *own.sne, m_session.territories(), log);
}

void Gateway::reload_access() {
  try {
    const auto faults = m_session.reload_access();
    if (faults.empty()) return m_log.tell("access", R"("outcome":"renewed")");
    m_log.tell("access", fmt::format(R"("outcome":"refused","faults":{},"file":{},"line":{})", faults.size(),
                                     http::quoted(faults[0].file), faults[0].line));
  } catch (...) {
    m_log.tell("access", fmt::format(R"("outcome":"failed","exception":{})",
                                     http::quoted(http::current_exception_type())));
  }
}

void Gateway::look_at_registry() {
  try {
    m_session.reach();
    if (!m_is_reachable.exchange(true)) m_log.tell("registry", R"("outcome":"reached")");
  } catch (...) {
    if (m_is_reachable.exchange(false))
      m_log.tell("registry", fmt::format(R"("outcome":"lost","exception":{})",
                                         http::quoted(http::current_exception_type())));
  }
}

http::Routes Gateway::doors() {
  http::Routes routes;
  add_sne_door(routes, m_session, m_sne, m_settler,
               codec::read_file((m_home / "schemas/sne/services.wsdl").string()));
  return routes;
}

}  // namespace passerelle::server
