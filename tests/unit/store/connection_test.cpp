#include "gateway/store/connection.hpp"

#include <gmock/gmock.h>

#include "gateway/store/cipher.hpp"
#include "tests/unit/store/database_test.hpp"

namespace passerelle::store {
namespace {

using testing::HasSubstr;
using testing::Not;

static constexpr Statement types = {
    "types",
    "SELECT $1::text, $2::smallint, $3::bigint, $4::boolean, $5::uuid, $6::timestamptz, "
    "$7::bytea, $8::text, $9::date"};
constexpr Statement divide = {"divide", "SELECT 1 / $1::integer"};
constexpr Statement cast = {"cast", "SELECT $1::text::integer"};
constexpr Statement arrays = {"arrays",
                              "SELECT ($1::text[])[2], ($2::bytea[])[2], ($3::bigint[])[1], "
                              "cardinality($4::bytea[]), $2::bytea[], $4::bytea[]"};
constexpr Statement insert_one = {"insert_one", "INSERT INTO one VALUES ($1)"};
constexpr Statement count = {"count", "SELECT count(*) FROM one"};

class ConnectionTest : public DatabaseTest {
 protected:
  Connection m_connection = connect(Cluster::administrator);
};

TEST_F(ConnectionTest, carries_each_type_there_and_back) {
  const Bytes octets = {0, 1, 255};
  const model::Uuid uuid = make_uuid(test_time);
  const Result result =
      m_connection.execute(types, Parameters("l'été", -3, std::int64_t{1} << 40, true, uuid, test_time,
                                             octets, std::optional<std::string>(), "1999-12-31"));
  EXPECT_EQ(result.text(0, 0), "l'été");
  EXPECT_EQ(result.number(0, 1), -3);
  EXPECT_EQ(result.number(0, 2), std::int64_t{1} << 40);
  EXPECT_TRUE(result.truth(0, 3));
  EXPECT_EQ(result.uuid(0, 4), uuid);
  EXPECT_EQ(result.time(0, 5), test_time);
  EXPECT_THAT(result.octets(0, 6), testing::ElementsAreArray(octets));
  EXPECT_TRUE(result.is_null(0, 7));
  EXPECT_EQ(result.day(0, 8), std::chrono::sys_days(std::chrono::year(1999) / 12 / 31));
}

TEST_F(ConnectionTest, carries_arrays) {
  const std::vector<std::string> texts = {"a", R"(with "quotes", \ and {braces})"};
  const std::vector<Bytes> octets = {{1}, {0, 2}};
  const Result result = m_connection.execute(
      arrays, Parameters(texts, octets, std::vector<std::int64_t>{-7}, std::vector<Bytes>{}));
  EXPECT_EQ(result.text(0, 0), texts[1]);
  EXPECT_THAT(result.octets(0, 1), testing::ElementsAre(0, 2));
  EXPECT_EQ(result.number(0, 2), -7);
  EXPECT_EQ(result.number(0, 3), 0);
  EXPECT_EQ(result.octets_array(0, 4), octets);
  EXPECT_TRUE(result.octets_array(0, 5).empty());
}

TEST_F(ConnectionTest, tells_the_place_and_the_state_of_a_failure_and_never_a_value) {
  try {
    m_connection.execute(cast, Parameters("Dupond"));
    FAIL() << "a name is no number";
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.sqlstate(), "22P02");
    EXPECT_THAT(error.what(), HasSubstr("test/cast"));
    EXPECT_THAT(error.what(), Not(HasSubstr("Dupond")));
  }
  EXPECT_TRUE(m_connection.is_idle());
}

TEST_F(ConnectionTest, answers_calls_sent_together_in_order) {
  const std::vector<Call> calls = {{&divide, Parameters(1)}, {&divide, Parameters(-1)}};
  const auto results = m_connection.execute(calls);
  ASSERT_EQ(results.size(), 2U);
  EXPECT_EQ(results[0].number(0, 0), 1);
  EXPECT_EQ(results[1].number(0, 0), -1);
}

TEST_F(ConnectionTest, runs_nothing_behind_a_failure_and_names_the_first) {
  m_connection.run_script("CREATE TEMP TABLE one (n integer)", "arrange");
  const std::vector<Call> calls = {
      {&insert_one, Parameters(1)}, {&divide, Parameters(0)}, {&insert_one, Parameters(2)}};
  try {
    static_cast<void>(m_connection.execute(calls));
    FAIL();
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.sqlstate(), "22012");
    EXPECT_THAT(error.what(), HasSubstr("test/divide"));
  }
  EXPECT_TRUE(m_connection.is_idle());
  EXPECT_EQ(m_connection.execute(count).number(0, 0), 0) << "calls sent together are one transaction";
}

TEST_F(ConnectionTest, says_when_there_is_no_server) {
  try {
    const Connection nowhere({"host=/nonexistent dbname=x", "y"}, "test");
    FAIL();
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.sqlstate(), connection_failure);
    EXPECT_TRUE(error.is_passing());
    EXPECT_EQ(std::string(error.what()), "base injoignable (test/connect, SQLSTATE 08006)");
  }
}

}  // namespace
}  // namespace passerelle::store
