// Threads that register the demandes of a file while it is read: a commit waits for the disk, and the disk
// takes several at once.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "gateway/service/registry/read_filings.hpp"
#include "gateway/service/registry/take_message.hpp"

namespace passerelle::server {

class RegistrationCrew {
 public:
  struct Task {
    std::uint64_t rank;
    std::shared_ptr<const policy::Decision> decision;  ///< by which it may be registered
    service::Filing filing;
    service::Message message;
    std::optional<service::RawDocument> raw = {};  ///< as it came: goes into quarantine when it is refused
  };
  /// What became of the demande of that rank; called by one thread at a time, in the order of commits.
  using Tell = std::function<void(std::uint64_t rank,
                                  const tl::expected<service::Registration, model::Faults>& answer)>;

  /// The registry and the rules outlive it; the pool of the registry has a connection for each worker.
  RegistrationCrew(const service::Registry& registry, const service::LifeRules& rules, std::size_t workers,
                   Tell tell);
  RegistrationCrew(const RegistrationCrew&) = delete;
  RegistrationCrew& operator=(const RegistrationCrew&) = delete;
  /// Drops what has not begun.
  ~RegistrationCrew();

  /// Waits while too many wait already. A database that goes is waited for, one minute. Throws what stopped
  /// a worker.
  void take(Task task);
  /// Waits until everything is registered. Throws what stopped a worker.
  void finish();

 private:
  void work();
  void register_one(const Task& task);
  [[nodiscard]] std::optional<Task> next();
  void rethrow_failure() const;

  const service::Registry& m_registry;
  const service::LifeRules& m_rules;
  std::size_t m_most_waiting;
  Tell m_tell;
  std::mutex m_telling;
  std::mutex m_mutex;
  std::condition_variable m_changed;
  std::deque<Task> m_waiting;
  std::size_t m_busy = 0;
  bool m_closing = false;
  std::exception_ptr m_failure;
  std::vector<std::thread> m_workers;  // the last member: they use all others
};

}  // namespace passerelle::server
