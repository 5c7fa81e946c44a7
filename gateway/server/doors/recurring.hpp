// Work of the gateway itself that comes back: in a thread of its own, every so often, or sooner when it is
// woken.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "gateway/server/doors/event_log.hpp"

namespace passerelle::server {

class Recurring {
 public:
  /// Works at once, then `period` after each end. What the work throws ends this time of it only, and is told
  /// to the log under the name of the work. The log outlives it.
  Recurring(std::string name, std::chrono::milliseconds period, const EventLog& log,
            std::function<void(const std::stop_token&)> work);
  Recurring(const Recurring&) = delete;
  Recurring& operator=(const Recurring&) = delete;
  /// Asks the work to stop, and waits for it.
  ~Recurring() = default;

  /// From any thread; does not wait.
  void wake();

 private:
  void run(const std::stop_token& stop);

  const std::string m_name;
  const std::chrono::milliseconds m_period;
  const EventLog& m_log;
  const std::function<void(const std::stop_token&)> m_work;
  std::mutex m_mutex;
  std::condition_variable_any m_woken;
  bool m_is_woken = true;
  std::jthread m_thread;
};

}  // namespace passerelle::server
