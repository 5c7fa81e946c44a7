#include "gateway/server/thread_executor.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace passerelle::server {
namespace {

using Task = std::function<void(std::size_t)>;

/// Tasks are taken in turn by whichever thread is free.
class Round {
 public:
  Round(std::size_t count, const Task& task) : m_count(count), m_task(task) {}

  void work() noexcept {
    for (std::size_t i = m_next++; i < m_count; i = m_next++) {
      try {
        m_task(i);
      } catch (...) {
        const std::scoped_lock held(m_lock);
        m_error = std::current_exception();
        m_next = m_count;
      }
    }
  }
  void finish() const {
    if (m_error) std::rethrow_exception(m_error);
  }

 private:
  std::size_t m_count;
  const Task& m_task;
  std::atomic<std::size_t> m_next = 0;
  std::mutex m_lock;
  std::exception_ptr m_error;
};

}  // namespace

std::function<void(std::size_t, const Task&)> thread_executor(std::size_t threads) {
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
  return [threads](std::size_t count, const Task& task) {
    Round round(count, task);
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < std::min(threads, count); ++i)
      others.emplace_back([&round] { round.work(); });
    round.work();
    others.clear();
    round.finish();
  };
}

}  // namespace passerelle::server
