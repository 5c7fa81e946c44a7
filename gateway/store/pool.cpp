#include "gateway/store/pool.hpp"

#include <fmt/format.h>

namespace passerelle::store {
namespace {

constexpr std::string_view too_many_connections = "53300";

}  // namespace

Pool::Lease Pool::lease(std::string_view context) {
  std::unique_lock lock(m_mutex);
  wait_for_a_place(lock, context);
  ++m_lent;
  std::unique_ptr<Connection> connection;
  if (!m_idle.empty()) {
    connection = std::move(m_idle.back());
    m_idle.pop_back();
  }
  lock.unlock();
  if (!connection) connection = open(context);
  connection->set_context(context);
  return {*this, std::move(connection)};
}

void Pool::wait_for_a_place(std::unique_lock<std::mutex>& lock, std::string_view context) {
  const auto has_place = [this] { return m_lent < m_settings.size; };
  if (!m_freed.wait_for(lock, m_settings.patience, has_place))
    throw DatabaseError(fmt::format("{}/lease", context), too_many_connections);
}

std::unique_ptr<Connection> Pool::open(std::string_view context) {
  try {
    if (m_settings.before_connecting) m_settings.before_connecting();
    return std::make_unique<Connection>(m_settings.target, context);
  } catch (...) {
    free_a_place();
    throw;
  }
}

void Pool::give_back(std::unique_ptr<Connection> connection) {
  std::vector<std::unique_ptr<Connection>> gone;
  if (const std::scoped_lock lock(m_mutex); connection->is_idle()) {
    m_idle.push_back(std::move(connection));
  } else if (!connection->is_open()) {
    // It has most often gone with all others, each of which would fail one more borrower.
    gone.swap(m_idle);
  }
  free_a_place();
}

void Pool::free_a_place() {
  const std::scoped_lock lock(m_mutex);
  --m_lent;
  m_freed.notify_one();
}

}  // namespace passerelle::store
