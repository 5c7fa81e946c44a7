#include "gateway/server/doors/recurring.hpp"

#include <fmt/format.h>
#include <utility>

namespace passerelle::server {

Recurring::Recurring(std::string name, std::chrono::milliseconds period, const EventLog& log,
                     std::function<void(const std::stop_token&)> work)
    : m_name(std::move(name)),
      m_period(period),
      m_log(log),
      m_work(std::move(work)),
      m_thread([this](const std::stop_token& stop) { run(stop); }) {}

void Recurring::wake() {
  {
    const std::scoped_lock lock(m_mutex);
    m_is_woken = true;
  }
  m_woken.notify_one();
}

void Recurring::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    {
      std::unique_lock lock(m_mutex);
      m_woken.wait_for(lock, stop, m_period, [this] { return m_is_woken; });
      m_is_woken = false;
    }
    if (stop.stop_requested()) return;
    try {
      m_work(stop);
    } catch (...) {
      m_log.tell(m_name, fmt::format(R"("outcome":"failed","exception":{})",
                                     http::quoted(http::current_exception_type())));
    }
  }
}

}  // namespace passerelle::server
