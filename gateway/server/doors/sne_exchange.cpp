#include "gateway/server/doors/sne_exchange.hpp"

#include <fmt/format.h>

namespace passerelle::server {
namespace {

constexpr std::string_view peer = "sne";
constexpr std::string_view version = "02.01";
constexpr std::string_view purpose = "echange";
/// Over days of no answer nobody wants what is older again.
constexpr std::chrono::days first_pull{30};

}  // namespace

SneExchange::SneExchange(RegistrySession& session, mapping::Formats formats,
                         const SneExchangeSettings& settings, std::vector<std::string> territories,
                         const EventLog& log)
    : m_session(session),
      m_formats(std::move(formats)),
      m_settings(settings),
      m_client(settings.sne, session.registry().clock),
      m_territories(std::move(territories)),
      m_log(log),
      m_work("sne", settings.rounds, log, [this](const std::stop_token& stop) { work(stop); }) {}

void SneExchange::work(const std::stop_token& stop) {
  const auto requester = m_session.requester_of(m_settings.account, purpose);
  if (!requester) return m_log.tell("sne", R"("outcome":"unknown account")");
  const bool pulls = is_time_to_pull();
  for (const std::string& territory : m_territories) {
    if (stop.stop_requested()) return;
    send(*requester, territory, stop);
    if (!pulls) continue;
    for (const auto service : {service::PulledService::dalo, service::PulledService::radiations}) {
      if (!stop.stop_requested()) pull(*requester, territory, service, stop);
    }
  }
}

bool SneExchange::is_time_to_pull() {
  const model::Time now = m_session.registry().clock.now();
  if (m_settings.pulls.count() == 0 || now - m_pulled_at < m_settings.pulls) return false;
  m_pulled_at = now;
  return true;
}

void SneExchange::send(const service::Requester& requester, const std::string& territory,
                       const std::stop_token& stop) {
  const auto decision =
      service::authorize_telling(m_session.registry(), requester, territory, m_settings.account);
  if (!decision) return;
  service::FeedOrder order{
      .recipient = m_settings.account, .peer = std::string(peer), .version = std::string(version)};
  order.chance = [this] { return std::uniform_real_distribution<>(0, 1)(m_random); };
  order.send = [&](const service::FeedFile& file) { return m_client.send(file, stop); };
  order.stop = stop;
  const auto report =
      service::feed_partner(m_session.registry(), *decision, m_session.life(), m_formats, order);
  if (report.accepted + report.refused + report.passing == 0) return;
  m_log.tell("sne",
             fmt::format(R"("territory":"{}","accepted":{},"refused":{},"passing":{},"code":"{}")", territory,
                         report.accepted, report.refused, report.passing, report.last_code));
}

void SneExchange::pull(const service::Requester& requester, const std::string& territory,
                       service::PulledService service, const std::stop_token& stop) {
  const service::Registry& registry = m_session.registry();
  const auto decision = service::authorize(registry, requester, policy::Action::import_file, {territory});
  if (!decision) return;
  const model::Time asked_at = registry.clock.now();
  const auto cursor = pull_cursor(registry, *decision, m_settings.account, service);
  const auto document = m_client.ask(service, cursor.value_or(asked_at - first_pull), stop);
  if (!document) {
    m_log.tell("sne", fmt::format(R"("territory":"{}","service":"{}","code":"{}")", territory,
                                  service::word_of(service), document.error()));
    return;
  }
  const service::PullOrder order{.partner = m_settings.account,
                                 .service = service,
                                 .format = {.peer = std::string(peer), .version = {}, .message = {}},
                                 .asked_at = asked_at,
                                 .document = &*document,
                                 .on_fault = [](const model::Fault&) {}};
  const auto report = service::take_pulled(registry, *decision, m_session.life(), m_formats, order);
  if (!report) return;
  m_log.tell("sne",
             fmt::format(R"("territory":"{}","service":"{}","taken":{},"unknown":{},"refused":{})", territory,
                         service::word_of(service), report->taken, report->unknown.size(), report->refused));
}

}  // namespace passerelle::server
