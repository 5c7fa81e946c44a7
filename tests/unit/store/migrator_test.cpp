#include "gateway/store/migrator.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>

#include "tests/unit/store/database_test.hpp"

namespace passerelle::store {
namespace {

namespace fs = std::filesystem;

using testing::HasSubstr;
using testing::ThrowsMessage;

const fs::path schemas = fs::path(PASSERELLE_SOURCE) / "schemas/sql";

class MigratorTest : public DatabaseTest {
 protected:
  Connection m_owner = connect_to_empty();
  std::vector<Migration> m_shipped = read_migrations(schemas);

 private:
  Connection connect_to_empty() {
    m_database = unmigrated_database();
    return connect("passerelle_owner");
  }
};

TEST_F(MigratorTest, applies_each_migration_once) {
  EXPECT_EQ(migrate(m_owner, m_shipped, test_time), static_cast<int>(m_shipped.size()));
  EXPECT_EQ(migrate(m_owner, m_shipped, test_time), 0);
  EXPECT_NO_THROW(check_schema(m_owner, m_shipped));
}

TEST_F(MigratorTest, refuses_a_migration_that_changed_after_it_was_applied) {
  migrate(m_owner, m_shipped, test_time);
  m_shipped.front().text += "-- a late idea\n";
  EXPECT_THAT(
      [&] { migrate(m_owner, m_shipped, test_time); },
      ThrowsMessage<MigrationError>("la migration 0001 (reference) a changé depuis qu'elle a été appliquée"));
}

TEST_F(MigratorTest, refuses_a_database_newer_than_the_program) {
  migrate(m_owner, m_shipped, test_time);
  m_shipped.pop_back();
  EXPECT_THAT([&] { migrate(m_owner, m_shipped, test_time); },
              ThrowsMessage<MigrationError>(HasSubstr("il est trop ancien")));
  EXPECT_THROW(check_schema(m_owner, m_shipped), MigrationError);
}

TEST_F(MigratorTest, leaves_nothing_of_a_migration_that_fails) {
  const int before = static_cast<int>(m_shipped.size());
  m_shipped.push_back({before + 1, "bad", "CREATE TABLE passerelle.half (n integer); SELECT 1/0;"});
  EXPECT_THROW(migrate(m_owner, m_shipped, test_time), DatabaseError);
  m_shipped.pop_back();
  EXPECT_NO_THROW(check_schema(m_owner, m_shipped)) << "those before it stay";
  m_shipped.push_back({before + 1, "half", "CREATE TABLE passerelle.half (n integer)"});
  EXPECT_EQ(migrate(m_owner, m_shipped, test_time), 1);
}

TEST_F(MigratorTest, refuses_a_folder_with_a_gap_or_a_strange_name) {
  const fs::path folder = fs::path(testing::TempDir()) / "passerelle-migrations";
  fs::create_directories(folder);
  std::ofstream(folder / "0002_second.sql") << "SELECT 1";
  EXPECT_THAT([&] { static_cast<void>(read_migrations(folder)); },
              ThrowsMessage<MigrationError>(HasSubstr("la migration 0001 manque")));
  std::ofstream(folder / "first.sql") << "SELECT 1";
  EXPECT_THAT([&] { static_cast<void>(read_migrations(folder)); },
              ThrowsMessage<MigrationError>(HasSubstr("mal formé")));
  fs::remove_all(folder);
}

}  // namespace
}  // namespace passerelle::store
