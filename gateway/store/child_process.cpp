#include "gateway/store/child_process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace passerelle::store {
namespace {

constexpr int signal_base = 128;

int open_log(const std::filesystem::path& path) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): open(2) is made so
  const int log = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (log < 0) throw std::system_error(errno, std::generic_category(), path.string());
  return log;
}

bool become(const std::optional<ProcessUser>& user) {
  if (!user) return true;
  return ::setgroups(0, nullptr) == 0 && ::setgid(user->group) == 0 && ::setuid(user->user) == 0;
}

/// After fork, in the child: only calls that are safe there (POSIX, async-signal-safe). The program gets its
/// own process group, so that an interrupt typed at our terminal does not reach it before us.
[[noreturn]] void run(const Program& program, char* const* arguments, int log) {
  ::setpgid(0, 0);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::dup2(log, STDOUT_FILENO);
  ::dup2(log, STDERR_FILENO);
  if (!become(program.user) || ::chdir(program.folder.c_str()) != 0) ::_exit(folder_closed);
  ::execv(arguments[0], arguments);
  ::_exit(not_run);
}

int exit_status(int status) {
  return WIFSIGNALED(status) ? signal_base + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

std::optional<ProcessUser> find_user(const std::string& name) {
  passwd entry{};
  passwd* found = nullptr;
  std::array<char, 4096> room{};
  ::getpwnam_r(name.c_str(), &entry, room.data(), room.size(), &found);
  if (found == nullptr) return std::nullopt;
  return ProcessUser{entry.pw_uid, entry.pw_gid};
}

ChildProcess::ChildProcess(const Program& program) {
  std::vector<std::string> words = program.arguments;
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const int log = open_log(program.log);
  m_id = ::fork();
  if (m_id == 0) run(program, arguments.data(), log);
  const int error = errno;
  ::close(log);
  if (m_id < 0) throw std::system_error(error, std::generic_category(), "fork");
}

std::optional<int> ChildProcess::poll() {
  int status = 0;
  if (!m_status && ::waitpid(m_id, &status, WNOHANG) == m_id) m_status = exit_status(status);
  return m_status;
}

int ChildProcess::wait() {
  int status = 0;
  while (!m_status) {
    const pid_t ended = ::waitpid(m_id, &status, 0);
    if (ended == m_id) m_status = exit_status(status);
    if (ended < 0 && errno != EINTR) m_status = not_run;  // no such child any more
  }
  return *m_status;
}

}  // namespace passerelle::store
