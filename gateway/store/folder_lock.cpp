#include "gateway/store/folder_lock.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace passerelle::store {

FolderLock::FolderLock(const std::filesystem::path& path, LockKind kind)
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): open(2) is made so
    : m_file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR)) {
  if (m_file < 0) throw std::system_error(errno, std::generic_category(), path.string());
  while (::flock(m_file, kind == LockKind::shared ? LOCK_SH : LOCK_EX) != 0) {
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), path.string());
  }
}

FolderLock::~FolderLock() {
  ::close(m_file);
}

bool FolderLock::try_exclusive() noexcept {
  return ::flock(m_file, LOCK_EX | LOCK_NB) == 0;
}

}  // namespace passerelle::store
