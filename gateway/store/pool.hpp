// Connections kept open and lent one at a time, opened when first needed and again after the database went.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "gateway/store/connection.hpp"

namespace passerelle::store {

struct PoolSettings {
  Target target;
  std::size_t size = 8;                        ///< connections at most, at least 1
  std::chrono::milliseconds patience{10'000};  ///< how long a borrower waits for one
  std::function<void()> before_connecting;     ///< may be empty: starts a server of ours that has stopped
};

/// For any number of threads.
class Pool {
 public:
  explicit Pool(PoolSettings settings) : m_settings(std::move(settings)) {}
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;
  ~Pool() = default;

  /// A borrowed connection, given back at the end of its life. One that is broken, or still inside a
  /// transaction, is closed instead.
  class Lease {
   public:
    Lease(Pool& pool, std::unique_ptr<Connection> connection) noexcept
        : m_pool(&pool), m_connection(std::move(connection)) {}
    Lease(Lease&&) noexcept = default;
    Lease& operator=(Lease&&) = delete;
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease() {
      if (m_connection) m_pool->give_back(std::move(m_connection));
    }

    [[nodiscard]] Connection& operator*() const noexcept { return *m_connection; }
    [[nodiscard]] Connection* operator->() const noexcept { return m_connection.get(); }

   private:
    Pool* m_pool;
    std::unique_ptr<Connection> m_connection;
  };

  /// Throws DatabaseError when no connection is free in time (53300) or none can be made (08006).
  [[nodiscard]] Lease lease(std::string_view context);

 private:
  void wait_for_a_place(std::unique_lock<std::mutex>& lock, std::string_view context);
  std::unique_ptr<Connection> open(std::string_view context);
  void give_back(std::unique_ptr<Connection> connection);
  void free_a_place();

  PoolSettings m_settings;
  std::mutex m_mutex;
  std::condition_variable m_freed;
  std::vector<std::unique_ptr<Connection>> m_idle;
  std::size_t m_lent = 0;
};

}  // namespace passerelle::store
