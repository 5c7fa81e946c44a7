#include "gateway/server/file_stream.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace passerelle::server {
namespace {

namespace fs = std::filesystem;

constexpr mode_t owner_only = 0600;  // demandes are personal data

bool is_standard(const std::string& path) {
  return path.empty() || path == "-";
}

int open_or_throw(const std::string& path, int flags) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): open(2) is made so
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC, owner_only);
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), path);
  return descriptor;
}

/// Whether the file, and the symbolic link that may stand for it, are of nobody but root or us: in a shared
/// folder anyone may plant a pipe, or a link to one.
bool is_ours_or_of_root(const std::string& path) {
  struct stat link {};
  struct stat file {};
  const auto known = [](const struct stat& entry) {
    return entry.st_uid == 0 || entry.st_uid == ::geteuid();
  };
  return ::lstat(path.c_str(), &link) == 0 && ::stat(path.c_str(), &file) == 0 && known(link) && known(file);
}

/// A special file (a pipe, /dev/null) is written where it stands; any other beside its name first.
std::string temporary_for(const std::string& path) {
  if (is_standard(path)) return {};
  const bool special = fs::exists(path) && !fs::is_regular_file(path);
  if (!special) return path + ".part";
  if (!is_ours_or_of_root(path)) throw std::system_error(EACCES, std::generic_category(), path);
  return {};
}

/// Opens what is to be written: a special file, or a new one beside the name. What stands under that second
/// name, left by a run that was killed or planted by another, is taken away, never followed.
int open_output(const std::string& path, const std::string& temporary) {
  if (temporary.empty()) return open_or_throw(path, O_WRONLY);
  ::unlink(temporary.c_str());
  return open_or_throw(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
}

/// Unfinished files of this run, for the signal handler: fixed room, since it may not allocate.
constexpr std::size_t most_outputs = 8;
constexpr std::size_t longest_path = 4096;
// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): a signal handler reaches nothing else
std::array<std::array<char, longest_path>, most_outputs> unfinished{};

/// Takes unfinished files away and ends as the signal would have. Only async-signal-safe calls.
void end_by_signal(int signal) {
  for (const auto& path : unfinished) {
    if (path[0] != 0) ::unlink(path.data());
  }
  static_cast<void>(::signal(signal, SIG_DFL));
  static_cast<void>(::raise(signal));
}

void note_unfinished(const std::string& path) {
  const auto free = std::ranges::find_if(unfinished, [](const auto& slot) { return slot[0] == 0; });
  if (free == unfinished.end() || path.size() >= longest_path) return;
  std::ranges::copy(path, free->begin());
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) static_cast<void>(::signal(signal, end_by_signal));
}

void forget_unfinished(const std::string& path) {
  for (auto& slot : unfinished) {
    if (path == slot.data()) slot.fill(0);
  }
}

}  // namespace

InputFile::InputFile(const std::string& path)
    : m_descriptor(is_standard(path) ? STDIN_FILENO : open_or_throw(path, O_RDONLY), !is_standard(path)),
      m_source(m_descriptor.number()) {}

OutputFile::OutputFile(const std::string& path)
    : m_path(is_standard(path) ? std::string() : path),
      m_temporary(temporary_for(path)),
      m_descriptor(m_path.empty() ? STDOUT_FILENO : open_output(m_path, m_temporary), !m_path.empty()),
      m_sink(m_descriptor.number()) {
  if (!m_temporary.empty()) note_unfinished(m_temporary);
}

OutputFile::~OutputFile() {
  if (m_temporary.empty()) return;
  ::unlink(m_temporary.c_str());
  forget_unfinished(m_temporary);
}

void OutputFile::commit() {
  m_sink.flush();
  if (m_temporary.empty()) return;
  if (std::rename(m_temporary.c_str(), m_path.c_str()) != 0)
    throw std::system_error(errno, std::generic_category(), m_path);
  forget_unfinished(m_temporary);
  m_temporary.clear();
}

}  // namespace passerelle::server
