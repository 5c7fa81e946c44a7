// The server and the databases that the tests of this layer share.
#include "tests/unit/store/database_test.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <stdlib.h>  // mkdtemp

namespace passerelle::store {
namespace {

namespace fs = std::filesystem;

constexpr const char* migrated = "test";
constexpr const char* never_migrated = "test_unmigrated";
// Quicker than a database for each case. The weeks of the inbox go: those that a case makes are its own.
constexpr const char* remove_every_row = R"(
  DO $$
  DECLARE
    found regclass;
  BEGIN
    SET LOCAL session_replication_role = replica;
    FOR found IN SELECT inhrelid FROM pg_inherits WHERE inhparent = 'passerelle.inbox'::regclass
        AND inhrelid <> 'passerelle.inbox_other'::regclass LOOP
      EXECUTE format('DROP TABLE %s', found);
    END LOOP;
    FOR found IN SELECT oid FROM pg_class WHERE relnamespace = 'passerelle'::regnamespace
        AND relkind IN ('r', 'p') AND NOT relispartition AND relname <> 'migration' LOOP
      EXECUTE format('DELETE FROM %s', found);
    END LOOP;
  END
  $$)";

/// A folder that goes with the program, and the server in it.
class OwnServer {
 public:
  OwnServer() : m_cluster(std::make_unique<Cluster>(ClusterSettings{.folder = m_folder})) {
    Connection administrator(m_cluster->target(Cluster::administrator, "postgres"), "test");
    const fs::path schemas = fs::path(PASSERELLE_SOURCE) / "schemas/sql";
    prepare_database(administrator, schemas, migrated);
    Connection owner(m_cluster->target("passerelle_owner", migrated), "test");
    migrate(owner, read_migrations(schemas), test_time);
  }
  OwnServer(const OwnServer&) = delete;
  OwnServer& operator=(const OwnServer&) = delete;
  ~OwnServer() {
    m_cluster.reset();
    std::error_code left;  // a server that is slow to end
    fs::remove_all(m_folder, left);
  }
  [[nodiscard]] Cluster& cluster() const { return *m_cluster; }

 private:
  static fs::path make_folder() {
    std::string name = (fs::temp_directory_path() / "passerelle-test-XXXXXX").string();
    return ::mkdtemp(name.data());
  }

  fs::path m_folder = make_folder();
  std::unique_ptr<Cluster> m_cluster;
};

}  // namespace

Cluster& test_cluster() {
  static const OwnServer server;
  return server.cluster();
}

std::string empty_database() {
  Connection(test_cluster().target(Cluster::administrator, migrated), "test")
      .run_script(remove_every_row, "empty_database");
  return migrated;
}

std::string unmigrated_database() {
  Connection administrator(test_cluster().target(Cluster::administrator, "postgres"), "test");
  administrator.run_script(fmt::format("DROP DATABASE IF EXISTS {}", never_migrated), "drop_database");
  prepare_database(administrator, fs::path(PASSERELLE_SOURCE) / "schemas/sql", never_migrated);
  return never_migrated;
}

}  // namespace passerelle::store
