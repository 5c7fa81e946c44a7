// The private PostgreSQL of a gateway that was given none: made, started, adopted and stopped by us.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "gateway/store/child_process.hpp"
#include "gateway/store/connection.hpp"
#include "gateway/store/folder_lock.hpp"

namespace passerelle::store {

struct ClusterSettings {
  std::filesystem::path folder;  ///< made when absent; holds `cluster`, `socket`, locks and the log
  std::filesystem::path programs = "/usr/lib/postgresql/15/bin";
  std::string user = "postgres";     ///< who the server runs as when we are root, whom it refuses
  std::vector<std::string> options;  ///< more settings of the server, `name=value`
  /// Where the programs of other major versions stand, as `14/bin`: what a cluster of one is copied by.
  std::filesystem::path installations = "/usr/lib/postgresql";
  /// Which major version made a data folder; empty: its file PG_VERSION says it.
  std::function<std::string(const std::filesystem::path& data)> version_of;
};

/// The cluster cannot be made, started or adopted: French text that says what to do.
class ClusterError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One object a process; any number of processes share a folder. The first starts the server as its direct
/// child, the others adopt it, whoever leaves last stops it: also after the death of the one that started
/// it. It listens on a Unix socket only, and lets in the user who runs the gateway, nobody else. A cluster of
/// an older major version is copied into a new one by the first that opens it, while no other process uses
/// the folder; the old one is kept beside it as `cluster.VERSION`, for a person to remove.
class Cluster {
 public:
  /// Makes the cluster when the folder has none, starts it unless it runs. Throws ClusterError, and
  /// std::system_error for a folder that cannot be used. A copy that fails leaves the old cluster as it was.
  explicit Cluster(ClusterSettings settings);
  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;
  /// Stops the server when no other process uses it.
  ~Cluster();

  /// Starts the server again when it has died. For any thread.
  void ensure_running();
  /// How to go there as one of the roles of schemas/sql/roles.sql, or as `administrator`.
  [[nodiscard]] Target target(const std::string& role, const std::string& database) const;
  /// The process of the server.
  [[nodiscard]] pid_t server() const;

  /// Who makes roles and databases; not a role of the gateway at work.
  static constexpr const char* administrator = "passerelle_cluster";

 private:
  [[nodiscard]] std::filesystem::path data() const { return m_settings.folder / "cluster"; }
  [[nodiscard]] std::filesystem::path socket() const { return m_settings.folder / "socket"; }
  void make_folders() const;
  [[nodiscard]] std::filesystem::path copied() const { return m_settings.folder / "cluster.copy"; }
  [[nodiscard]] std::string version_of(const std::filesystem::path& data) const;
  void bring_to_version();
  void upgrade(int found);
  void keep_old_cluster() const;
  void init(const std::filesystem::path& fresh) const;
  void make_cluster() const;
  void give(const std::filesystem::path& path) const;
  [[nodiscard]] int run(const std::filesystem::path& folder, const std::string& program,
                        const std::vector<std::string>& arguments) const;
  [[nodiscard]] std::vector<std::string> settings() const;
  [[nodiscard]] std::vector<std::string> server_arguments() const;
  void start_unless_running();
  bool start_once();
  void stop();
  [[nodiscard]] bool answers() const;

  ClusterSettings m_settings;
  std::optional<ProcessUser> m_user;  // nothing: the server runs as ourselves
  std::unique_ptr<FolderLock> m_use;
  std::mutex m_mutex;
  std::optional<ChildProcess> m_child;  // nothing: adopted
};

}  // namespace passerelle::store
