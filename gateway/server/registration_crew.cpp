#include "gateway/server/registration_crew.hpp"

#include <chrono>
#include <utility>

#include "gateway/service/registry/quarantine.hpp"

namespace passerelle::server {
namespace {

namespace chr = std::chrono;

constexpr std::size_t waiting_for_each_worker = 4;
constexpr chr::seconds patience{60};
constexpr chr::milliseconds between_tries{200};

/// Takes a message in; waits for a database that has gone for a moment: the same may be sent again.
tl::expected<service::Registration, model::Faults> take_patiently(const service::Registry& registry,
                                                                  const service::LifeRules& rules,
                                                                  const RegistrationCrew::Task& task) {
  const auto end = chr::steady_clock::now() + patience;
  while (true) {
    try {
      return service::take_message(registry, *task.decision, rules, {task.filing, task.message});
    } catch (const store::DatabaseError& error) {
      if (!error.is_unreachable() || chr::steady_clock::now() > end) throw;
    }
    std::this_thread::sleep_for(between_tries);
  }
}

}  // namespace

RegistrationCrew::RegistrationCrew(const service::Registry& registry, const service::LifeRules& rules,
                                   std::size_t workers, Tell tell)
    : m_registry(registry),
      m_rules(rules),
      m_most_waiting(workers * waiting_for_each_worker),
      m_tell(std::move(tell)) {
  for (std::size_t i = 0; i < workers; ++i) m_workers.emplace_back([this] { work(); });
}

RegistrationCrew::~RegistrationCrew() {
  {
    const std::scoped_lock lock(m_mutex);
    m_closing = true;
    m_waiting.clear();
  }
  m_changed.notify_all();
  for (std::thread& worker : m_workers) worker.join();
}

void RegistrationCrew::take(Task task) {
  std::unique_lock lock(m_mutex);
  m_changed.wait(lock, [this] { return m_failure || m_waiting.size() < m_most_waiting; });
  rethrow_failure();
  m_waiting.push_back(std::move(task));
  m_changed.notify_all();
}

void RegistrationCrew::finish() {
  std::unique_lock lock(m_mutex);
  m_changed.wait(lock, [this] { return m_failure || (m_waiting.empty() && m_busy == 0); });
  rethrow_failure();
}

void RegistrationCrew::work() {
  try {
    while (const auto task = next()) register_one(*task);
  } catch (...) {
    const std::scoped_lock lock(m_mutex);
    m_failure = std::current_exception();
    m_closing = true;
  }
  m_changed.notify_all();
}

void RegistrationCrew::register_one(const Task& task) {
  const auto answer = take_patiently(m_registry, m_rules, task);
  if (!answer && task.raw)
    service::quarantine_message(m_registry, *task.decision,
                                {.raw = *task.raw, .rank = task.rank, .numero = task.filing.numero},
                                answer.error());
  {
    const std::scoped_lock lock(m_telling);
    m_tell(task.rank, answer);
  }
  const std::scoped_lock lock(m_mutex);
  --m_busy;
  m_changed.notify_all();
}

std::optional<RegistrationCrew::Task> RegistrationCrew::next() {
  std::unique_lock lock(m_mutex);
  m_changed.wait(lock, [this] { return m_closing || !m_waiting.empty(); });
  if (m_closing) return std::nullopt;
  Task task = std::move(m_waiting.front());
  m_waiting.pop_front();
  ++m_busy;
  m_changed.notify_all();
  return task;
}

void RegistrationCrew::rethrow_failure() const {
  if (m_failure) std::rethrow_exception(m_failure);
}

}  // namespace passerelle::server
