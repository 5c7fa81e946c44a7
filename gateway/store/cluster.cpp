#include "gateway/store/cluster.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>  // renameat2
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <pwd.h>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <thread>
#include <unistd.h>

#include "gateway/model/ascii.hpp"
#include "gateway/store/cluster_upgrade.hpp"

namespace passerelle::store {
namespace {

namespace chr = std::chrono;
namespace fs = std::filesystem;

constexpr int version = 15;
constexpr int oldest_version = 10;  // before, a version was two numbers
constexpr std::string_view socket_name = ".s.PGSQL.5432";
constexpr std::size_t longest_socket = 107;  // sockaddr_un
constexpr chr::seconds start_patience{60};
constexpr chr::seconds stop_patience{60};
constexpr chr::seconds orphan_patience{5};
constexpr chr::milliseconds look_again{20};

constexpr std::array roles = {Cluster::administrator, "passerelle_owner", "passerelle_application",
                              "passerelle_auditor"};

// Durability is never an option. The log says what the server does and never what a statement held: errors,
// which may quote values, go to who asked. A page is written whole to the WAL after each checkpoint: seldom,
// and compressed.
constexpr std::array server_settings = {"listen_addresses=",
                                        "unix_socket_permissions=0700",
                                        "log_min_messages=log",
                                        "log_min_error_statement=panic",
                                        "log_error_verbosity=terse",
                                        "log_statement=none",
                                        "log_checkpoints=off",
                                        "fsync=on",
                                        "full_page_writes=on",
                                        "synchronous_commit=on",
                                        "wal_compression=lz4",
                                        "max_wal_size=4GB",
                                        "checkpoint_timeout=15min",
                                        "shared_buffers=256MB",
                                        "password_encryption=scram-sha-256"};

std::string first_word(const fs::path& path) {
  std::ifstream in(path);
  std::string word;
  in >> word;
  return word;
}

std::string our_name() {
  const passwd* entry = ::getpwuid(::geteuid());  // NOLINT(concurrency-mt-unsafe): once, before any thread
  if (entry == nullptr) throw ClusterError("l'utilisateur qui lance la passerelle n'a pas de nom");
  return entry->pw_name;
}

/// Whether a process of PostgreSQL works in a data folder: they all make it their own. A dead one that nobody
/// has reaped yet does not.
bool works_in(const fs::path& process, const fs::path& data) {
  std::error_code unreadable;
  return fs::read_symlink(process / "cwd", unreadable) == data && !unreadable;
}

/// The postmaster that a data folder names; nothing when it names none, or a process that is something else
/// (numbers come again after a restart of the machine).
std::optional<pid_t> running_server(const fs::path& data) {
  const std::string text = first_word(data / "postmaster.pid");
  if (text.empty() || !works_in(fs::path("/proc") / text, data)) return std::nullopt;
  return static_cast<pid_t>(std::stol(text));
}

std::vector<pid_t> processes_in(const fs::path& data) {
  std::vector<pid_t> processes;
  for (const fs::directory_entry& process : fs::directory_iterator("/proc")) {
    if (works_in(process.path(), data))
      processes.push_back(model::number_of(process.path().filename().string()));
  }
  return processes;
}

/// Files left by a dead postmaster would stop the next one when its number lives again, or is not reaped yet.
/// INVARIANT: they stay while any process of the old server lives, since PostgreSQL finds those through them.
void remove_stale_files(const fs::path& data, const fs::path& socket) {
  if (!processes_in(data).empty()) return;
  fs::remove(data / "postmaster.pid");
  fs::remove(socket / socket_name);
  fs::remove(socket / fmt::format("{}.lock", socket_name));
}

void write_text(const fs::path& path, const std::string& text) {
  std::ofstream out(path, std::ios::trunc);
  out << text;
  out.close();
  if (!out) throw ClusterError(fmt::format("{} : écriture impossible", path.string()));
}

/// Whoever runs the gateway may be each of its roles; the kernel says who that is (peer).
void write_access(const fs::path& data) {
  std::string map;
  for (const char* role : roles) map += fmt::format("passerelle {} {}\n", our_name(), role);
  write_text(data / "pg_hba.conf", "local all all peer map=passerelle\n");
  write_text(data / "pg_ident.conf", map);
}

/// Looks again and again until it is so; whether it was, in time.
template <typename Condition>
bool wait_until(Condition holds, chr::seconds patience) {
  const auto end = chr::steady_clock::now() + patience;
  while (!holds()) {
    if (chr::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(look_again);
  }
  return true;
}

}  // namespace

Cluster::Cluster(ClusterSettings settings) : m_settings(std::move(settings)) {
  fs::create_directories(m_settings.folder);
  m_settings.folder = fs::canonical(m_settings.folder);
  if (::geteuid() == 0) {
    m_user = find_user(m_settings.user);
    if (!m_user) throw ClusterError(fmt::format("l'utilisateur {} n'existe pas", m_settings.user));
  }
  make_folders();
  const FolderLock starting(m_settings.folder / "start.lock", LockKind::exclusive);
  m_use = std::make_unique<FolderLock>(m_settings.folder / "use.lock", LockKind::shared);
  if (!fs::exists(data())) make_cluster();
  bring_to_version();
  start_unless_running();
}

Cluster::~Cluster() {
  try {
    const FolderLock starting(m_settings.folder / "start.lock", LockKind::exclusive);
    if (m_use->try_exclusive()) stop();
  } catch (const std::exception&) {
    return;  // it runs on; the next gateway adopts it
  }
}

void Cluster::ensure_running() {
  const std::scoped_lock one_thread(m_mutex);
  if (answers()) return;
  const FolderLock one_process(m_settings.folder / "start.lock", LockKind::exclusive);
  start_unless_running();
}

Target Cluster::target(const std::string& role, const std::string& database) const {
  return {fmt::format("host='{}' dbname={}", socket().string(), database), role};
}

pid_t Cluster::server() const {
  return running_server(data()).value_or(0);
}

void Cluster::make_folders() const {
  if (socket().string().size() + 1 + socket_name.size() > longest_socket)
    throw ClusterError(fmt::format("{} : chemin trop long pour une socket Unix, choisir un autre dossier",
                                   m_settings.folder.string()));
  if (m_settings.folder.string().find_first_of("'\\") != std::string::npos)
    throw ClusterError("le chemin du dossier ne peut contenir ni apostrophe ni barre oblique inverse");
  fs::create_directories(socket());
  give(socket());
  fs::permissions(socket(), fs::perms::owner_all);
  // The server must pass through our folder; it cannot list it.
  fs::permissions(
      m_settings.folder,
      m_user ? fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec : fs::perms::owner_all);
}

std::string Cluster::version_of(const fs::path& data) const {
  return m_settings.version_of ? m_settings.version_of(data) : first_word(data / "PG_VERSION");
}

/// INVARIANT: only under the lock of starting.
void Cluster::bring_to_version() {
  const std::string text = version_of(data());
  const int found = model::all_digits(text) && text.size() == 2 ? model::number_of(text) : 0;
  if (found == version) return keep_old_cluster();
  if (found < oldest_version || found > version)
    throw ClusterError(
        fmt::format("{} : cluster PostgreSQL {}, que ce programme, qui veut {}, ne sait pas lire",
                    data().string(), text.empty() ? "illisible" : text, version));
  upgrade(found);
}

/// The copy takes the place of the old cluster in one step: whenever we are killed, `cluster` is one or the
/// other, whole.
void Cluster::upgrade(int found) {
  const fs::path programs = m_settings.installations / std::to_string(found) / "bin";
  if (!fs::exists(programs / "postgres"))
    throw ClusterError(
        fmt::format("{} : cluster PostgreSQL {}, ce programme veut {} ; installer postgresql-{}, "
                    "dont les programmes sont attendus dans {}, puis relancer : la conversion se "
                    "fait alors d'elle-même",
                    data().string(), found, version, found, programs.string()));
  const bool alone = m_use->try_exclusive();
  if (alone) stop();  // a server that a killed gateway left
  if (!alone || running_server(data()))
    throw ClusterError(fmt::format("{} : une autre passerelle s'en sert ; l'arrêter, puis relancer",
                                   m_settings.folder.string()));
  remove_stale_files(data(), socket());
  init(copied());
  copy_cluster({.from = {programs, data()},
                .to = {m_settings.programs, copied()},
                .socket = socket(),
                .scratch = m_settings.folder / "cluster.dump",
                .log = m_settings.folder / "cluster.log",
                .user = m_user,
                .settings = settings(),
                .administrator = administrator});
  if (::renameat2(AT_FDCWD, copied().c_str(), AT_FDCWD, data().c_str(), RENAME_EXCHANGE) != 0)
    throw std::system_error(errno, std::generic_category(), data().string());
  keep_old_cluster();
  m_use.reset();  // shared again; nobody comes in between, behind the lock of starting
  m_use = std::make_unique<FolderLock>(m_settings.folder / "use.lock", LockKind::shared);
}

/// What stands where a copy is made, once `cluster` is of our version, is the old cluster: nobody but a
/// person removes it. A copy that never took its place is of our version too, and worth nothing.
void Cluster::keep_old_cluster() const {
  if (!fs::exists(copied())) return;
  const std::string old = version_of(copied());
  if (old == std::to_string(version)) {
    fs::remove_all(copied());
    return;
  }
  const fs::path kept = m_settings.folder / fmt::format("cluster.{}", old);
  if (fs::exists(kept))
    throw ClusterError(fmt::format("{} existe déjà : le déplacer, puis relancer", kept.string()));
  fs::rename(copied(), kept);
}

/// Makes an empty cluster.
void Cluster::init(const fs::path& fresh) const {
  fs::remove_all(fresh);  // left by a crash
  fs::create_directory(fresh);
  give(fresh);
  fs::permissions(fresh, fs::perms::owner_all);
  const int status = run(fresh, "initdb",
                         {"-D", fresh.string(), "-U", administrator, "--auth=peer", "-E", "UTF8",
                          "--locale=C.UTF-8", "--data-checksums", "--no-instructions"});
  if (status == folder_closed)
    throw ClusterError(
        fmt::format("{} : l'utilisateur {} ne peut pas atteindre ce dossier ; en choisir un "
                    "autre, ou ouvrir le passage (chmod o+x) sur ses parents",
                    m_settings.folder.string(), m_settings.user));
  if (status != 0)
    throw ClusterError(fmt::format("initdb a échoué (statut {}) ; voir {}", status,
                                   (m_settings.folder / "cluster.log").string()));
  write_access(fresh);
}

void Cluster::make_cluster() const {
  const fs::path fresh = m_settings.folder / "cluster.new";
  init(fresh);
  fs::rename(fresh, data());
}

void Cluster::give(const fs::path& path) const {
  if (m_user && ::chown(path.c_str(), m_user->user, m_user->group) != 0)
    throw std::system_error(errno, std::generic_category(), path.string());
}

int Cluster::run(const fs::path& folder, const std::string& program,
                 const std::vector<std::string>& arguments) const {
  std::vector<std::string> words = {(m_settings.programs / program).string()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  const fs::path log = m_settings.folder / "cluster.log";
  return ChildProcess({words, folder, log, m_user}).wait();
}

/// The last one of a name wins.
std::vector<std::string> Cluster::settings() const {
  std::vector<std::string> all = m_settings.options;
  all.insert(all.end(), server_settings.begin(), server_settings.end());
  return all;
}

std::vector<std::string> Cluster::server_arguments() const {
  std::vector<std::string> words = {(m_settings.programs / "postgres").string(), "-D", data().string(), "-k",
                                    socket().string()};
  for (const std::string& setting : settings()) words.insert(words.end(), {"-c", setting});
  return words;
}

/// INVARIANT: only under the lock of starting.
void Cluster::start_unless_running() {
  const auto begun = chr::steady_clock::now();
  const auto ready = [this, begun] {
    if (m_child && m_child->poll()) m_child.reset();  // reaped, or its number would look alive
    if (running_server(data())) return answers();
    // Processes whose postmaster was killed end by themselves, but for one that waits for a lock which
    // another was killed with: it would wait, and keep every new server out, for ever.
    if (chr::steady_clock::now() - begun > orphan_patience) {
      for (const pid_t orphan : processes_in(data())) ::kill(orphan, SIGKILL);
    }
    remove_stale_files(data(), socket());
    return start_once();
  };
  if (!wait_until(ready, start_patience))
    throw ClusterError(
        fmt::format("PostgreSQL ne démarre pas ; voir {}", (m_settings.folder / "cluster.log").string()));
}

/// Starts the server and waits until it answers or ends. It ends at once while processes of a killed one
/// still hold its memory: then it must be tried again.
bool Cluster::start_once() {
  m_child.emplace(Program{server_arguments(), data(), m_settings.folder / "cluster.log", m_user});
  const auto settled = [this] { return m_child->poll().has_value() || answers(); };
  if (!wait_until(settled, start_patience)) return false;
  const auto status = m_child->poll();
  if (status == folder_closed || status == not_run)
    throw ClusterError(fmt::format("{} : PostgreSQL {} n'est pas là ou {} ne lui est pas ouvert",
                                   m_settings.programs.string(), version, data().string()));
  return !status;
}

/// A fast shutdown: sessions are ended, everything is on disk.
void Cluster::stop() {
  const auto process = running_server(data());
  if (!process) return;
  ::kill(*process, SIGINT);
  // It takes its name out of the folder a moment before it ends.
  const fs::path server = fs::path("/proc") / std::to_string(*process);
  const auto ended = [&] { return (!m_child || m_child->poll()) && !works_in(server, data()); };
  static_cast<void>(wait_until(ended, stop_patience));
}

bool Cluster::answers() const {
  const Target asked = target(administrator, "postgres");
  return PQping(fmt::format("{} user={}", asked.address, asked.user).c_str()) == PQPING_OK;
}

}  // namespace passerelle::store
