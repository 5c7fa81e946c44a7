#include "gateway/store/pool.hpp"

#include <array>
#include <atomic>
#include <csignal>
#include <gmock/gmock.h>
#include <thread>

#include "tests/unit/store/database_test.hpp"

namespace passerelle::store {
namespace {

static constexpr Statement one = {"one", "SELECT 1"};
constexpr Statement begin = {"begin_only", "BEGIN"};

class PoolTest : public DatabaseTest {};

TEST_F(PoolTest, lends_the_same_connection_again) {
  Pool pool = make_pool();
  const int first = pool.lease("a")->server_process();
  EXPECT_EQ(pool.lease("b")->server_process(), first);
}

TEST_F(PoolTest, makes_a_borrower_wait_and_then_says_that_none_is_free) {
  Pool pool({.target = as("passerelle_application"), .size = 1, .patience = std::chrono::milliseconds(20)});
  const Pool::Lease held = pool.lease("a");
  try {
    static_cast<void>(pool.lease("b"));
    FAIL();
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.sqlstate(), "53300");
    EXPECT_TRUE(error.is_passing());
  }
}

TEST_F(PoolTest, closes_a_connection_left_inside_a_transaction) {
  Pool pool = make_pool(1);
  int first = 0;
  {
    const Pool::Lease lease = pool.lease("a");
    first = lease->server_process();
    lease->execute(begin);
  }
  EXPECT_NE(pool.lease("b")->server_process(), first);
}

TEST_F(PoolTest, connects_again_after_the_server_ended_a_session) {
  Pool pool = make_pool(1);
  const int first = pool.lease("a")->server_process();
  run_as_administrator("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" +
                       m_database + "' AND pid <> pg_backend_pid()");
  EXPECT_THROW(pool.lease("a")->execute(one), DatabaseError);
  const Pool::Lease again = pool.lease("a");
  EXPECT_NE(again->server_process(), first);
  EXPECT_EQ(again->execute(one).number(0, 0), 1);
}

TEST_F(PoolTest, fails_one_borrower_when_all_connections_went) {
  Pool pool = make_pool(3);
  { const std::array leases{pool.lease("a"), pool.lease("b"), pool.lease("c")}; }
  run_as_administrator("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" +
                       m_database + "' AND pid <> pg_backend_pid()");
  EXPECT_THROW(pool.lease("a")->execute(one), DatabaseError);
  const std::array leases{pool.lease("a"), pool.lease("b"), pool.lease("c")};
  for (const Pool::Lease& lease : leases) EXPECT_EQ(lease->execute(one).number(0, 0), 1);
}

TEST_F(PoolTest, serves_many_threads_with_few_connections) {
  Pool pool = make_pool(3);
  std::atomic<int> served = 0;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 8; ++thread)
    threads.emplace_back([&] {
      for (int time = 0; time < 20; ++time)
        served += static_cast<int>(pool.lease("a")->execute(one).number(0, 0));
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(served, 160);
}

}  // namespace
}  // namespace passerelle::store
