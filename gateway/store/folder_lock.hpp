// A lock between processes on a file: the kernel frees it when its holder dies, however it dies.
#pragma once

#include <cstdint>
#include <filesystem>

namespace passerelle::store {

enum class LockKind : std::uint8_t { shared, exclusive };

/// flock(2). Freed with the object.
class FolderLock {
 public:
  /// Makes the file when absent and waits for the lock. Throws std::system_error naming the file.
  FolderLock(const std::filesystem::path& path, LockKind kind);
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  ~FolderLock();

  /// Whether the lock, shared until now, is held by nobody else and has become exclusive.
  [[nodiscard]] bool try_exclusive() noexcept;

 private:
  int m_file;
};

}  // namespace passerelle::store
