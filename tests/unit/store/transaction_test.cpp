#include "gateway/store/transaction.hpp"

#include <gmock/gmock.h>
#include <thread>

#include "tests/unit/store/database_test.hpp"

namespace passerelle::store {
namespace {

static constexpr Statement scope_seen = {"scope_seen",
                                         "SELECT granted_territories()::text, granted_body(), "
                                         "current_setting('application_name')"};
constexpr Statement insert_parameter = {
    "insert_parameter", "INSERT INTO parameter VALUES ('063', $1, '1', '[2026-01-01,)', 'test')"};
constexpr Statement count_parameters = {"count_parameters", "SELECT count(*) FROM parameter"};
constexpr Statement read_parameter = {"read_parameter", "SELECT value FROM parameter WHERE name = $1"};
constexpr Statement add_one = {"add_one",
                               "UPDATE parameter SET value = (value::integer + 1)::text WHERE name = $1"};

class TransactionTest : public DatabaseTest {
 protected:
  TransactionTest() {
    run_as_administrator(
        "INSERT INTO passerelle.territory VALUES ('063', 'x', 'Europe/Paris', 'assumption')");
  }
  std::int64_t parameters() {
    Transaction transaction(m_connection, scope_of_063());
    return transaction.execute(count_parameters).number(0, 0);
  }
  Connection m_connection = connect("passerelle_application");
};

TEST_F(TransactionTest, sees_what_its_scope_grants_and_only_until_its_end) {
  {
    Transaction transaction(m_connection, {"lecture", {"063", "003"}, "afpbsa"});
    const Result seen = transaction.execute(scope_seen);
    EXPECT_EQ(seen.text(0, 0), "{063,003}");
    EXPECT_EQ(seen.text(0, 1), "afpbsa");
    EXPECT_EQ(seen.text(0, 2), "passerelle lecture");
  }
  const Result after = m_connection.execute(scope_seen);
  EXPECT_TRUE(after.is_null(0, 0));
  EXPECT_TRUE(after.is_null(0, 1));
}

TEST_F(TransactionTest, has_no_effect_unless_committed) {
  {
    Transaction transaction(m_connection, scope_of_063());
    transaction.execute(insert_parameter, Parameters("a"));
  }
  EXPECT_TRUE(m_connection.is_idle());
  EXPECT_EQ(parameters(), 0);
}

TEST_F(TransactionTest, sends_what_is_queued_with_the_commit) {
  {
    Transaction transaction(m_connection, scope_of_063());
    transaction.queue(insert_parameter, Parameters("a"));
    transaction.queue(insert_parameter, Parameters("b"));
    transaction.commit();
  }
  EXPECT_EQ(parameters(), 2);
}

TEST_F(TransactionTest, answers_what_was_queued_since_the_last_time) {
  Transaction transaction(m_connection, scope_of_063());
  transaction.queue(insert_parameter, Parameters("a"));
  transaction.queue(count_parameters);
  const auto first = transaction.flush();
  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(first[1].number(0, 0), 1);
  EXPECT_TRUE(transaction.flush().empty());
}

TEST_F(TransactionTest, leaves_the_connection_usable_after_a_fault) {
  EXPECT_THROW(
      {
        Transaction transaction(m_connection, scope_of_063());
        transaction.queue(insert_parameter, Parameters("a"));
        transaction.queue(insert_parameter, Parameters("a"));
        transaction.commit();
      },
      DatabaseError);
  EXPECT_TRUE(m_connection.is_idle());
  EXPECT_EQ(parameters(), 0) << "nothing half done";
}

// Two transactions that lock two rows in opposite orders: PostgreSQL ends one, which is then tried again.
TEST_F(TransactionTest, is_tried_again_after_a_deadlock) {
  run_as_administrator("ALTER SYSTEM SET deadlock_timeout = '20ms'");
  run_as_administrator("SELECT pg_reload_conf()");
  run_as_administrator(
      "INSERT INTO passerelle.parameter VALUES ('063', 'a', '0', '[2026-01-01,)', 'test'), "
      "('063', 'b', '0', '[2026-01-01,)', 'test')");
  // Each round that one side wins costs the other a try.
  constexpr int rounds = transaction_tries - 1;
  Pool pool = make_pool();
  const auto add_to_both = [&pool](const char* first, const char* second) {
    for (int time = 0; time < rounds; ++time) {
      in_transaction(pool, scope_of_063(), [&](Transaction& transaction) {
        transaction.execute(add_one, Parameters(first));
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        transaction.execute(add_one, Parameters(second));
        return true;
      });
    }
  };
  std::thread other(add_to_both, "b", "a");
  add_to_both("a", "b");
  other.join();
  const auto values = in_transaction(pool, scope_of_063(), [](Transaction& transaction) {
    return std::pair(std::string(transaction.execute(read_parameter, Parameters("a")).text(0, 0)),
                     std::string(transaction.execute(read_parameter, Parameters("b")).text(0, 0)));
  });
  const std::string twice = std::to_string(2 * rounds);
  EXPECT_EQ(values, std::pair(twice, twice));
}

}  // namespace
}  // namespace passerelle::store
