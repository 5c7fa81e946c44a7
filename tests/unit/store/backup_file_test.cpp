#include "gateway/store/backup_file.hpp"

#include <fstream>
#include <gmock/gmock.h>
#include <stdlib.h>  // mkdtemp

#include "gateway/store/child_process.hpp"
#include "gateway/store/staging_database.hpp"
#include "tests/unit/store/registry_test.hpp"

namespace passerelle::store {
namespace {

namespace fs = std::filesystem;

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;
using testing::ThrowsMessage;

class BackupFileTest : public RegistryTest {
 protected:
  ~BackupFileTest() override { fs::remove_all(m_folder); }

  static fs::path make_folder() {
    std::string name = (fs::temp_directory_path() / "passerelle-test-XXXXXX").string();
    return ::mkdtemp(name.data());
  }
  [[nodiscard]] Target administrator(const std::string& database) const {
    return test_cluster().target(Cluster::administrator, database);
  }
  BackupSummary back_up() const {
    std::ofstream(m_file).close();
    return back_up_database(m_programs, administrator(m_database), m_file);
  }
  void expect_refused(const std::string& reason) const {
    EXPECT_THAT([this] { static_cast<void>(read_backup(m_programs, m_file)); },
                ThrowsMessage<BackupError>(HasSubstr(reason)));
  }
  static std::string demandes(const Target& target) {
    constexpr static Statement count = {"count", "SELECT count(*)::text FROM passerelle.demande"};
    Connection connection(target, "test");
    return ask(connection, count);
  }

  fs::path m_folder = make_folder();
  fs::path m_file = m_folder / "copy";
  DatabasePrograms m_programs{.log = m_folder / "log"};
};

TEST_F(BackupFileTest, says_what_it_copied_and_what_it_needs) {
  add(demande("0630126000001G6301", {holder(1)}));
  run_as_administrator(
      "INSERT INTO passerelle.key_generation VALUES ('nir', 2, '\\x0aff', now(), NULL), "
      "('nir', 1, '\\x00', now(), now())");
  const BackupSummary summary = back_up();
  EXPECT_EQ(summary.database, m_database);
  EXPECT_THAT(summary.demandes, ElementsAre(Pair("active", 1)));
  const BackupContent content = read_backup(m_programs, m_file);
  EXPECT_EQ(content.schema_version, summary.schema_version);
  ASSERT_EQ(content.keys.size(), 1U) << "a forgotten one is not needed";
  EXPECT_EQ(content.keys[0].use, "nir");
  EXPECT_EQ(content.keys[0].generation, 2);
  EXPECT_THAT(content.keys[0].fingerprint, ElementsAre(0x0a, 0xff));
}

TEST_F(BackupFileTest, restores_beside_and_takes_the_place_in_one_step) {
  add(demande("0630126000001G6301", {holder(1)}));
  static_cast<void>(back_up());
  Connection postgres(administrator("postgres"), "test");
  const fs::path schemas = fs::path(PASSERELLE_SOURCE) / "schemas/sql";
  {
    StagingDatabase staging(postgres, "copied", schemas);
    EXPECT_THROW(check_no_restore(postgres, "copied"), RestoreError);
    restore_database(m_programs, m_file, administrator(staging.name()));
    staging.open_to_roles();
    staging.put_in_place("copied_aside");
  }
  EXPECT_NO_THROW(check_no_restore(postgres, "copied"));
  EXPECT_FALSE(has_database(postgres, "copied_aside")) << "there was none";
  EXPECT_EQ(demandes(administrator("copied")), "1");
  EXPECT_NO_THROW(Connection(test_cluster().target("passerelle_application", "copied"), "test"));
  {
    StagingDatabase staging(postgres, "copied", schemas);
    staging.put_in_place("copied_aside");
  }
  EXPECT_EQ(demandes(administrator("copied_aside")), "1") << "what was there is kept";
  for (const char* name : {"DROP DATABASE copied", "DROP DATABASE copied_aside"})
    postgres.run_script(name, "drop");
}

TEST_F(BackupFileTest, leaves_what_was_there_when_a_restore_fails_or_another_runs) {
  Connection postgres(administrator("postgres"), "test");
  Connection other(administrator("postgres"), "test");
  const fs::path schemas = fs::path(PASSERELLE_SOURCE) / "schemas/sql";
  {
    const StagingDatabase staging(postgres, "copied", schemas);
    EXPECT_THROW(StagingDatabase(other, "copied", schemas), RestoreError);
  }
  EXPECT_NO_THROW(check_no_restore(postgres, "copied"));
  const Connection user = connect("passerelle_application");
  EXPECT_THROW(StagingDatabase(postgres, m_database, schemas), RestoreError) << "someone uses it";
  EXPECT_THROW(StagingDatabase(postgres, "a; b", schemas), RestoreError);
}

TEST_F(BackupFileTest, refuses_what_is_no_backup_or_damaged) {
  expect_refused("illisible");
  std::ofstream(m_file) << "PG";
  expect_refused("ce n'est pas une sauvegarde");
  add(demande("0630126000001G6301", {holder(1)}));
  static_cast<void>(back_up());
  fs::resize_file(m_file, fs::file_size(m_file) - 100);
  expect_refused("incomplète");
  const std::string of_another = administrator("postgres").address + " user=" + Cluster::administrator;
  ChildProcess dump(
      {{(m_programs.folder / "pg_dump").string(), "-Fc", "-f", m_file.string(), "-d", of_another},
       m_folder,
       m_programs.log,
       std::nullopt});
  ASSERT_EQ(dump.wait(), 0);
  expect_refused("pas la sauvegarde d'un registre");
}

TEST_F(BackupFileTest, refuses_a_role_that_sees_a_part_and_an_address_with_a_password) {
  std::ofstream(m_file).close();
  EXPECT_THROW(static_cast<void>(back_up_database(m_programs, as("passerelle_application"), m_file)),
               std::runtime_error);
  const std::string secret = "postgresql://a:motdepasse@127.0.0.1/x";
  EXPECT_THAT([&] { static_cast<void>(read_address(secret)); },
              ThrowsMessage<BackupError>(
                  testing::AllOf(HasSubstr("PGPASSFILE"), testing::Not(HasSubstr("motdepasse")))));
  EXPECT_THROW(static_cast<void>(read_address("postgresql://127.0.0.1")), BackupError);
  EXPECT_THROW(static_cast<void>(read_address("x")), BackupError);
  const ServerAddress read = read_address("postgresql://h:5433/base?sslmode=require");
  EXPECT_EQ(read.database, "base");
  EXPECT_THAT(
      read.target("other").address,
      testing::AllOf(HasSubstr("port='5433'"), HasSubstr("dbname='other'"), HasSubstr("sslmode='require'")));
}

}  // namespace
}  // namespace passerelle::store
