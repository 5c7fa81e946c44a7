// A program run as our own direct child, perhaps as another user.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace passerelle::store {

/// Who a program runs as.
struct ProcessUser {
  uid_t user;
  gid_t group;
};

/// The user of that name; nothing when there is none.
[[nodiscard]] std::optional<ProcessUser> find_user(const std::string& name);

struct Program {
  std::vector<std::string> arguments;  ///< the path of the program first
  std::filesystem::path folder;        ///< where it runs; it must be able to enter it
  std::filesystem::path log;           ///< its output is added there
  std::optional<ProcessUser> user;     ///< nothing: as ourselves
};

/// The program could not enter its folder, or could not be run.
inline constexpr int folder_closed = 125;
inline constexpr int not_run = 126;

/// Not killed with the object: a server may outlive who started it.
class ChildProcess {
 public:
  /// Throws std::system_error when no process can be made or the log not be opened.
  explicit ChildProcess(const Program& program);

  [[nodiscard]] pid_t id() const noexcept { return m_id; }
  /// Its exit status (128 + n when signal n ended it), or nothing while it runs. Reaps it.
  [[nodiscard]] std::optional<int> poll();
  /// Waits for its end.
  int wait();

 private:
  pid_t m_id;
  std::optional<int> m_status;
};

}  // namespace passerelle::store
