#include "gateway/server/http/worker_pool.hpp"

#include <utility>

#include "gateway/server/http/event_line.hpp"

namespace passerelle::server::http {

Outcome refused(Refusal refusal, std::string failure) {
  return {
      .response = refuse(refusal), .failure = std::move(failure), .was_refused = true, .refusal = refusal};
}

Outcome run_handler(const Route& route, const Request& request) {
  try {
    Outcome outcome{.response = route.handler(request)};
    return is_sendable(outcome.response) ? std::move(outcome) : refused(Refusal::handler, "unsendable");
  } catch (...) {
    Outcome outcome = refused(Refusal::handler, current_exception_type());
    if (route.failure) outcome.response = route.failure();
    return outcome;
  }
}

WorkerPool::WorkerPool(const Limits& limits, std::function<void()> wake)
    : m_limits(limits), m_wake(std::move(wake)) {
  for (std::size_t i = 0; i < limits.workers; ++i) m_workers.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() {
  {
    const std::scoped_lock lock(m_mutex);
    m_closing = true;
    m_waiting.clear();
  }
  m_changed.notify_all();
  for (std::thread& worker : m_workers) worker.join();
}

bool WorkerPool::offer(Task& task) {
  {
    const std::scoped_lock lock(m_mutex);
    if (m_waiting.size() >= m_limits.waiting) return false;
    m_waiting.push_back(std::move(task));
  }
  m_changed.notify_one();
  return true;
}

std::vector<WorkerPool::Finished> WorkerPool::take_finished() {
  const std::scoped_lock lock(m_mutex);
  return std::exchange(m_finished, {});
}

bool WorkerPool::is_full() const {
  return waiting() >= m_limits.waiting;
}

std::size_t WorkerPool::waiting() const {
  const std::scoped_lock lock(m_mutex);
  return m_waiting.size();
}

std::size_t WorkerPool::busy() const {
  const std::scoped_lock lock(m_mutex);
  return m_busy;
}

void WorkerPool::work() {
  std::unique_lock lock(m_mutex);
  while (true) {
    m_changed.wait(lock, [this] { return m_closing || !m_waiting.empty(); });
    if (m_closing) return;
    const Task task = std::move(m_waiting.front());
    m_waiting.pop_front();
    ++m_busy;
    lock.unlock();
    Finished finished{task.connection, task.share, answer(task)};
    lock.lock();
    --m_busy;
    m_finished.push_back(std::move(finished));
    // The first wakes for all that are finished before the loop looks.
    if (m_finished.size() == 1) m_wake();
  }
}

Outcome WorkerPool::answer(const Task& task) const {
  if (std::chrono::steady_clock::now() - task.queued > m_limits.wait) return refused(Refusal::waited);
  return run_handler(*task.route, task.request);
}

}  // namespace passerelle::server::http
