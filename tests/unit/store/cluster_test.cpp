#include "gateway/store/cluster.hpp"

#include <csignal>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>
#include <stdlib.h>  // mkdtemp
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/store/migrator.hpp"

namespace passerelle::store {
namespace {

namespace fs = std::filesystem;

using testing::HasSubstr;
using testing::ThrowsMessage;

static constexpr Statement one = {"one", "SELECT 1"};

class ClusterTest : public testing::Test {
 protected:
  ClusterTest() {
    std::string name = (fs::temp_directory_path() / "passerelle-test-XXXXXX").string();
    m_folder = ::mkdtemp(name.data());
  }
  ~ClusterTest() override { fs::remove_all(m_folder); }

  static bool serves(const Cluster& cluster) {
    Connection connection(cluster.target(Cluster::administrator, "postgres"), "test");
    return connection.execute(one).number(0, 0) == 1;
  }
  /// A dead one that nobody has reaped yet is not.
  static bool is_alive(pid_t process) {
    std::error_code unreadable;
    const fs::path folder = fs::read_symlink(fmt::format("/proc/{}/cwd", process), unreadable);
    return !unreadable && !folder.empty();
  }
  /// Runs in another process, which then dies without cleaning up.
  template <typename Work>
  static void in_a_process_that_is_killed(Work work) {
    const pid_t child = ::fork();
    if (child == 0) {
      work();
      ::raise(SIGKILL);
    }
    ::waitpid(child, nullptr, 0);
  }

  fs::path m_folder;
};

TEST_F(ClusterTest, is_made_once_serves_and_stops_with_us) {
  pid_t server = 0;
  {
    const Cluster cluster({.folder = m_folder});
    server = cluster.server();
    EXPECT_TRUE(serves(cluster));
  }
  EXPECT_FALSE(is_alive(server));
  const Cluster again({.folder = m_folder});
  EXPECT_TRUE(serves(again));
}

TEST_F(ClusterTest, is_closed_to_everyone_else) {
  const Cluster cluster({.folder = m_folder});
  struct stat status {};
  ASSERT_EQ(::stat((m_folder / "cluster").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & (S_IRWXG | S_IRWXO), 0U);
  const uid_t expected = ::geteuid() == 0 ? find_user("postgres")->user : ::geteuid();
  EXPECT_EQ(status.st_uid, expected);
  Connection connection(cluster.target(Cluster::administrator, "postgres"), "test");
  static constexpr Statement listens = {"listens", "SELECT current_setting('listen_addresses')"};
  EXPECT_EQ(connection.execute(listens).text(0, 0), "") << "no TCP port";
}

TEST_F(ClusterTest, comes_back_after_its_server_was_killed) {
  Cluster cluster({.folder = m_folder});
  ::kill(cluster.server(), SIGKILL);
  EXPECT_THROW(
      {
        while (true) serves(cluster);
      },
      DatabaseError);
  cluster.ensure_running();
  EXPECT_TRUE(serves(cluster));
}

TEST_F(ClusterTest, comes_back_though_a_process_of_the_killed_server_never_ends) {
  Cluster cluster({.folder = m_folder});
  Connection connection(cluster.target(Cluster::administrator, "postgres"), "test");
  static constexpr Statement own_process = {"own_process", "SELECT pg_backend_pid()"};
  ::kill(static_cast<pid_t>(connection.execute(own_process).number(0, 0)), SIGSTOP);
  ::kill(cluster.server(), SIGKILL);
  cluster.ensure_running();
  EXPECT_TRUE(serves(cluster));
}

TEST_F(ClusterTest, is_adopted_after_the_death_of_who_started_it_and_stopped_in_the_end) {
  in_a_process_that_is_killed([this] { new Cluster({.folder = m_folder}); });
  pid_t server = 0;
  {
    const Cluster cluster({.folder = m_folder});
    server = cluster.server();
    EXPECT_TRUE(serves(cluster));
  }
  EXPECT_FALSE(is_alive(server));
}

TEST_F(ClusterTest, serves_on_while_another_uses_it) {
  const Cluster stays({.folder = m_folder});
  { const Cluster leaves({.folder = m_folder}); }
  EXPECT_TRUE(serves(stays));
}

TEST_F(ClusterTest, is_made_again_when_its_making_was_interrupted) {
  fs::create_directories(m_folder / "cluster.new");
  std::ofstream(m_folder / "cluster.new/PG_VERSION") << "15\n";
  const Cluster cluster({.folder = m_folder});
  EXPECT_TRUE(serves(cluster));
}

TEST_F(ClusterTest, of_a_version_without_its_programs_is_refused_with_the_way_out) {
  fs::create_directories(m_folder / "cluster");
  std::ofstream(m_folder / "cluster/PG_VERSION") << "13\n";
  EXPECT_THAT([this] { const Cluster cluster({.folder = m_folder}); },
              ThrowsMessage<ClusterError>(HasSubstr("cluster PostgreSQL 13, ce programme veut 15 ; installer "
                                                    "postgresql-13, dont les programmes sont attendus dans "
                                                    "/usr/lib/postgresql/13/bin")));
}

TEST_F(ClusterTest, of_a_version_that_nobody_here_can_read_is_refused) {
  fs::create_directories(m_folder / "cluster");
  for (const char* version : {"16", "9.6", ""}) {
    std::ofstream(m_folder / "cluster/PG_VERSION") << version << '\n';
    EXPECT_THAT([this] { const Cluster cluster({.folder = m_folder}); },
                ThrowsMessage<ClusterError>(HasSubstr("ne sait pas lire")))
        << version;
  }
}

/// Debian 12 has one version of PostgreSQL: a cluster that carries a mark is said to be of version 14, whose
/// programs are those of 15 under another name. What differs between true versions is not shown here.
class ClusterUpgradeTest : public ClusterTest {
 protected:
  ClusterUpgradeTest() {
    fs::create_directories(m_folder / "installations");
    fs::permissions(m_folder, fs::perms::others_exec, fs::perm_options::add);
    fs::create_directory_symlink("/usr/lib/postgresql/15", m_folder / "installations/14");
  }
  ClusterSettings settings() const {
    return {.folder = m_folder,
            .installations = m_folder / "installations",
            .version_of = [](const fs::path& data) {
              std::string version;
              std::ifstream(fs::exists(data / "of_14") ? data / "of_14" : data / "PG_VERSION") >> version;
              return version;
            }};
  }
  /// The same with a program that lacks.
  ClusterSettings without_restore() const {
    ClusterSettings lacking = settings();
    lacking.programs = m_folder / "lacking";
    fs::create_directories(lacking.programs);
    for (const char* program : {"initdb", "postgres", "psql", "pg_dump", "pg_dumpall"})
      fs::create_symlink(fs::path("/usr/lib/postgresql/15/bin") / program, lacking.programs / program);
    return lacking;
  }
  static std::function<void()> opened(const ClusterSettings& settings) {
    return [settings] { const Cluster cluster(settings); };
  }
  /// The database of a registry, with a territory, in a cluster that is then said to be of version 14.
  void make_old_cluster() const {
    const fs::path schemas = fs::path(PASSERELLE_SOURCE) / "schemas/sql";
    {
      const Cluster cluster(settings());
      Connection administrator(cluster.target(Cluster::administrator, "postgres"), "test");
      prepare_database(administrator, schemas, "passerelle");
      Connection owner(cluster.target("passerelle_owner", "passerelle"), "test");
      migrate(owner, read_migrations(schemas), model::Time{});
      Connection(cluster.target(Cluster::administrator, "passerelle"), "test")
          .run_script(
              "INSERT INTO passerelle.territory VALUES ('063', 'x', 'Europe/Paris', 'assumption');"
              "INSERT INTO passerelle.key_generation VALUES ('nir', 1, '\\x4242', '2026-01-15', NULL)",
              "arrange");
    }
    std::ofstream(m_folder / "cluster/of_14") << "14\n";
  }
  static std::int64_t count_territories(const Cluster& cluster) {
    static constexpr Statement counted = {"counted", "SELECT count(*) FROM passerelle.territory"};
    Connection connection(cluster.target(Cluster::administrator, "passerelle"), "test");
    return connection.execute(counted).number(0, 0);
  }
};

// One case, since each cluster takes seconds to make.
TEST_F(ClusterUpgradeTest, copies_an_older_cluster_once_nobody_uses_it_and_keeps_it_aside) {
  make_old_cluster();
  {
    const FolderLock other(m_folder / "use.lock", LockKind::shared);
    EXPECT_THAT(opened(settings()), ThrowsMessage<ClusterError>(HasSubstr("une autre passerelle s'en sert")));
  }
  EXPECT_THAT(opened(without_restore()), ThrowsMessage<ClusterError>(HasSubstr("pg_restore a échoué")));
  EXPECT_TRUE(fs::exists(m_folder / "cluster/of_14")) << "a copy that fails leaves it as it was";
  {
    const Cluster cluster(settings());
    EXPECT_EQ(count_territories(cluster), 1);
    static constexpr Statement forced = {
        "forced", "SELECT count(*) FROM pg_class WHERE relname = 'demande' AND relforcerowsecurity"};
    Connection application(cluster.target("passerelle_application", "passerelle"), "test");
    EXPECT_EQ(application.execute(forced).number(0, 0), 1) << "with its roles and its protection";
  }
  EXPECT_FALSE(fs::exists(m_folder / "cluster/of_14"));
  EXPECT_TRUE(fs::exists(m_folder / "cluster.14/of_14"));
  EXPECT_FALSE(fs::exists(m_folder / "cluster.dump"));
  fs::rename(m_folder / "cluster.14", m_folder / "cluster.copy");  // as after a kill between the two renames
  EXPECT_EQ(count_territories(Cluster(settings())), 1) << "once";
  EXPECT_TRUE(fs::exists(m_folder / "cluster.14/of_14"));
}

TEST_F(ClusterTest, is_refused_where_its_socket_would_not_fit) {
  EXPECT_THAT([this] { const Cluster cluster({.folder = m_folder / std::string(90, 'x')}); },
              ThrowsMessage<ClusterError>(HasSubstr("chemin trop long")));
}

TEST_F(ClusterTest, is_refused_where_its_user_cannot_go) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root runs it as another user";
  fs::permissions(m_folder, fs::perms::owner_all);
  EXPECT_THAT([this] { const Cluster cluster({.folder = m_folder / "inside"}); },
              ThrowsMessage<ClusterError>(HasSubstr("ne peut pas atteindre ce dossier")));
}

TEST_F(ClusterTest, says_when_postgresql_is_not_installed) {
  EXPECT_THAT([this] { const Cluster cluster({.folder = m_folder, .programs = "/nonexistent"}); },
              ThrowsMessage<ClusterError>(HasSubstr("initdb a échoué (statut 126)")));
}

}  // namespace
}  // namespace passerelle::store
