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

TEST_F(ClusterTest, of_another_version_is_refused_with_the_way_out) {
  fs::create_directories(m_folder / "cluster");
  std::ofstream(m_folder / "cluster/PG_VERSION") << "13\n";
  EXPECT_THAT(
      [this] { const Cluster cluster({.folder = m_folder}); },
      ThrowsMessage<ClusterError>(HasSubstr("cluster PostgreSQL 13, ce programme veut 15 ; le convertir "
                                            "avec pg_upgrade")));
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
