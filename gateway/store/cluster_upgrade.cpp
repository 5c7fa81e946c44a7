#include "gateway/store/cluster_upgrade.hpp"

#include <array>
#include <chrono>
#include <csignal>
#include <fmt/format.h>
#include <fstream>
#include <string_view>
#include <thread>

#include "gateway/store/cluster.hpp"

namespace passerelle::store {
namespace {

namespace chr = std::chrono;
namespace fs = std::filesystem;

// No gateway asks these: it would find a cluster that is being copied.
constexpr int old_port = 5433;
constexpr int new_port = 5434;
constexpr chr::seconds patience{60};
constexpr chr::milliseconds look_again{20};

constexpr Statement databases = {
    "list_databases",
    "SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres' ORDER BY 1"};
// Every table with its rows, every migration and every key with what it must still be.
constexpr Statement summary = {
    "summarise_database",
    "SELECT coalesce(string_agg(line, E'\\n' ORDER BY line), '') FROM ("
    "SELECT format('%s.%s : %s', n.nspname, c.relname, (xpath('/row/n/text()', query_to_xml(format("
    "'SELECT count(*) AS n FROM %I.%I', n.nspname, c.relname), false, true, '')))[1]) AS line "
    "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' "
    "AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') UNION ALL "
    "SELECT query_to_xml(format('SELECT * FROM %I.%I ORDER BY 1, 2', n.nspname, c.relname), false, false, "
    "'')::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE n.nspname = 'passerelle' AND c.relname IN ('migration', 'key_generation')) AS lines"};

/// A server that lives as long as this object.
class CopiedServer {
 public:
  CopiedServer(const ClusterCopy& copy, const CopiedCluster& cluster, int port)
      : m_copy(copy), m_port(port), m_process({arguments(cluster), cluster.data, copy.log, copy.user}) {
    const auto end = chr::steady_clock::now() + patience;
    while (!answers()) {
      if (m_process.poll() || chr::steady_clock::now() > end) {
        stop();
        throw ClusterError(fmt::format("{} : ce cluster ne démarre pas avec {} ; voir {}",
                                       cluster.data.string(), cluster.programs.string(), copy.log.string()));
      }
      std::this_thread::sleep_for(look_again);
    }
  }
  CopiedServer(const CopiedServer&) = delete;
  CopiedServer& operator=(const CopiedServer&) = delete;
  ~CopiedServer() { stop(); }

  /// Ends sessions and writes everything to disk. Whether it ended so.
  bool stop() {
    if (!m_process.poll()) ::kill(m_process.id(), SIGINT);
    return m_process.wait() == 0;
  }
  [[nodiscard]] Target target(const std::string& database) const {
    return {fmt::format("host='{}' port={} dbname={}", m_copy.socket.string(), m_port, database),
            m_copy.administrator};
  }
  /// How the programs of PostgreSQL are told to go there.
  [[nodiscard]] std::vector<std::string> options() const {
    return {"-h", m_copy.socket.string(), "-p", std::to_string(m_port), "-U", m_copy.administrator, "-w"};
  }
  /// What it holds, to be compared.
  [[nodiscard]] std::vector<std::string> list(const std::string& database, const Statement& statement) const {
    Connection connection(target(database), "upgrade");
    const Result found = connection.execute(statement);
    std::vector<std::string> rows;
    rows.reserve(static_cast<std::size_t>(found.rows()));
    for (int row = 0; row < found.rows(); ++row) rows.emplace_back(found.text(row, 0));
    return rows;
  }

 private:
  [[nodiscard]] std::vector<std::string> arguments(const CopiedCluster& cluster) const {
    std::vector<std::string> words = {(cluster.programs / "postgres").string(),
                                      "-D",
                                      cluster.data.string(),
                                      "-k",
                                      m_copy.socket.string(),
                                      "-p",
                                      std::to_string(m_port)};
    for (const std::string& setting : m_copy.settings) words.insert(words.end(), {"-c", setting});
    return words;
  }
  [[nodiscard]] bool answers() const {
    const Target asked = target("postgres");
    return PQping(fmt::format("{} user={}", asked.address, asked.user).c_str()) == PQPING_OK;
  }

  const ClusterCopy& m_copy;
  int m_port;
  ChildProcess m_process;
};

/// A folder that is ours alone, and goes with this object.
class Scratch {
 public:
  explicit Scratch(fs::path path) : m_path(std::move(path)) {
    fs::remove_all(m_path);  // left by a crash
    fs::create_directory(m_path);
    fs::permissions(m_path, fs::perms::owner_all);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code left;
    fs::remove_all(m_path, left);
  }
  [[nodiscard]] std::string path(const std::string& name) const { return (m_path / name).string(); }

 private:
  fs::path m_path;
};

/// One copy, both servers running.
class Copying {
 public:
  Copying(const ClusterCopy& copy, const CopiedServer& from, const CopiedServer& to)
      : m_copy(copy), m_from(from), m_to(to), m_scratch(copy.scratch) {}

  void run() {
    copy_roles();
    for (const std::string& database : m_from.list("postgres", databases)) {
      copy_database(database);
      compare(database);
    }
  }

 private:
  /// By the programs of the new version, which know older servers (pg_dumpall, notes).
  void call(const std::string& program, const CopiedServer& server,
            const std::vector<std::string>& more) const {
    std::vector<std::string> words = {(m_copy.to.programs / program).string()};
    for (const auto& some : {server.options(), more}) words.insert(words.end(), some.begin(), some.end());
    const int status = ChildProcess({words, m_copy.scratch, m_copy.log, std::nullopt}).wait();
    if (status != 0)
      throw ClusterError(
          fmt::format("{} a échoué (statut {}) ; voir {}", program, status, m_copy.log.string()));
  }

  /// All but the superuser, who made the new cluster.
  void copy_roles() const {
    call("pg_dumpall", m_from, {"--globals-only", "-f", m_scratch.path("roles.all")});
    std::ifstream all(m_scratch.path("roles.all"));
    std::ofstream others(m_scratch.path("roles.sql"));
    const std::string itself = fmt::format("CREATE ROLE {};", m_copy.administrator);
    for (std::string line; std::getline(all, line);) {
      if (line != itself) others << line << '\n';
    }
    others.close();
    if (!others) throw ClusterError(fmt::format("{} : écriture impossible", m_copy.scratch.string()));
    call("psql", m_to,
         {"-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", "postgres", "-f", m_scratch.path("roles.sql")});
  }

  /// Ciphertext does not compress.
  void copy_database(const std::string& database) const {
    const std::string dump = m_scratch.path(database);
    call("pg_dump", m_from, {"-Fd", "-Z0", "-j2", "-f", dump, "-d", database});
    call("pg_restore", m_to, {"--create", "--exit-on-error", "-j2", "-d", "postgres", dump});
    fs::remove_all(dump);
  }

  void compare(const std::string& database) const {
    if (m_from.list(database, summary) != m_to.list(database, summary))
      throw ClusterError(fmt::format("la copie de la base {} diffère de l'original", database));
  }

  const ClusterCopy& m_copy;
  const CopiedServer& m_from;
  const CopiedServer& m_to;
  Scratch m_scratch;
};

}  // namespace

void copy_cluster(const ClusterCopy& copy) {
  CopiedServer from(copy, copy.from, old_port);
  CopiedServer to(copy, copy.to, new_port);
  Copying(copy, from, to).run();
  if (!to.stop() || !from.stop())
    throw ClusterError(fmt::format("un serveur n'a pas pu s'arrêter ; voir {}", copy.log.string()));
}

}  // namespace passerelle::store
