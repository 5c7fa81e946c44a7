// The threads that answer whole requests, behind a bounded queue.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "gateway/server/http/limits.hpp"
#include "gateway/server/http/routes.hpp"

namespace passerelle::server::http {

using Moment = std::chrono::steady_clock::time_point;

/// What a handler made of a request.
struct Outcome {
  Response response;
  std::string failure;  ///< the type of what it threw; never its text, which may quote a value
  bool was_refused = false;
  Refusal refusal = Refusal::handler;  ///< only where `was_refused`
};

/// What is answered in a handler's stead.
[[nodiscard]] Outcome refused(Refusal refusal, std::string failure = {});

/// Calls the handler of the route. Never throws: 500 instead.
[[nodiscard]] Outcome run_handler(const Route& route, const Request& request);

class WorkerPool {
 public:
  struct Task {
    std::uint64_t connection;
    const Route* route;
    Request request;
    std::string share;  ///< whose share of the queue it takes; empty: nobody's
    Moment queued;
  };
  struct Finished {
    std::uint64_t connection;
    std::string share;
    Outcome outcome;
  };

  /// `wake` is called by workers when something is finished. The limits outlive it.
  WorkerPool(const Limits& limits, std::function<void()> wake);
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;
  /// Drops what has not begun; waits for what has.
  ~WorkerPool();

  /// Never waits: false when the queue is full, and the task is as it was.
  [[nodiscard]] bool offer(Task& task);
  /// What was finished since the last call.
  [[nodiscard]] std::vector<Finished> take_finished();
  [[nodiscard]] bool is_full() const;
  [[nodiscard]] std::size_t waiting() const;
  [[nodiscard]] std::size_t busy() const;

 private:
  void work();
  [[nodiscard]] Outcome answer(const Task& task) const;

  const Limits& m_limits;
  std::function<void()> m_wake;
  mutable std::mutex m_mutex;
  std::condition_variable m_changed;
  std::deque<Task> m_waiting;
  std::vector<Finished> m_finished;
  std::size_t m_busy = 0;
  bool m_closing = false;
  std::vector<std::thread> m_workers;  // the last member: they use all others
};

}  // namespace passerelle::server::http
