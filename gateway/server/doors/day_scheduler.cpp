#include "gateway/server/doors/day_scheduler.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "gateway/service/life/run_day.hpp"

namespace passerelle::server {
namespace {

constexpr std::chrono::minutes between_looks{1};
constexpr std::chrono::hours between_refusals{1};

}  // namespace

DayScheduler::DayScheduler(RegistrySession& session, std::vector<std::string> territories,
                           std::chrono::minutes after, const EventLog& log)
    : m_session(session),
      m_territories(std::move(territories)),
      m_after(after),
      m_log(log),
      m_work("day", between_looks, log, [this](const std::stop_token& stop) { look(stop); }) {}

void DayScheduler::look(const std::stop_token& stop) {
  for (const std::string& territory : m_territories) {
    if (stop.stop_requested()) return;
    Last& last = m_last[territory];
    try {
      look_at(territory, last);
    } catch (const std::exception&) {
      tell(territory, "", "failed", 0);
    }
  }
  m_waiting =
      static_cast<int>(std::ranges::count_if(m_last, [](const auto& one) { return one.second.refused; }));
}

void DayScheduler::look_at(const std::string& territory, Last& last) {
  const model::Time now = m_session.registry().clock.now();
  const auto day = m_session.day_in(territory, now - m_after);
  if (!day || (*day == last.day && !last.refused)) return;
  if (last.refused && *day == last.day && now - last.tried < between_refusals) return;
  run(territory, *day, last);
}

void DayScheduler::run(const std::string& territory, const std::string& day, Last& last) {
  const auto decision = m_session.decide(policy::Action::run_mass_effect, {territory});
  const auto report =
      service::run_day(m_session.registry(), decision, m_session.life(), day, m_session.erasures());
  last = {day, m_session.registry().clock.now(), !report};
  if (!report) return tell(territory, day, "refused", 0);
  std::int64_t steps = 0;
  for (const auto& [step, count] : report->steps) steps += count;
  tell(territory, day, "done", steps);
}

void DayScheduler::tell(const std::string& territory, const std::string& day, std::string_view outcome,
                        std::int64_t steps) const {
  m_log.tell("day", fmt::format(R"("territory":"{}","day":"{}","outcome":"{}","steps":{})", territory, day,
                                outcome, steps));
}

}  // namespace passerelle::server
