#include "gateway/store/durable_file.hpp"

#include <array>
#include <cerrno>
#include <cstdio>  // renameat2
#include <fcntl.h>
#include <string>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace passerelle::store {
namespace {

namespace fs = std::filesystem;

/// A descriptor that is closed with its scope.
class Descriptor {
 public:
  Descriptor(const fs::path& path, int flags, mode_t mode = 0)
      // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): open(2) is made so
      : m_path(path), m_number(::open(path.c_str(), flags | O_CLOEXEC, mode)) {
    check(m_number >= 0);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (m_number >= 0) ::close(m_number);
  }

  void write(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t written = ::write(m_number, text.data(), text.size());
      check(written >= 0 || errno == EINTR);
      if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  void sync() const { check(::fsync(m_number) == 0); }

  /// Until this object goes.
  void lock() const {
    while (::flock(m_number, LOCK_EX) != 0) check(errno == EINTR);
  }
  [[nodiscard]] off_t size() const {
    struct stat file {};
    check(::fstat(m_number, &file) == 0);
    return file.st_size;
  }
  /// Takes away what stands behind the last line feed.
  void cut_unfinished_line() const {
    off_t end = size();
    std::array<char, 1> last{};
    while (end > 0) {
      check(::pread(m_number, last.data(), last.size(), end - 1) == 1);
      if (last[0] == '\n') break;
      --end;
    }
    if (end != size()) check(::ftruncate(m_number, end) == 0);
  }

 private:
  void check(bool done) const {
    if (!done) throw std::system_error(errno, std::generic_category(), m_path.string());
  }

  fs::path m_path;
  int m_number;
};

void sync_folder_of(const fs::path& path) {
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  Descriptor(folder, O_RDONLY | O_DIRECTORY).sync();
}

}  // namespace

void write_durably(const fs::path& path, std::string_view text, mode_t mode) {
  const fs::path fresh = path.string() + ".new";
  fs::remove(fresh);  // left by a crash
  {
    const Descriptor file(fresh, O_WRONLY | O_CREAT | O_EXCL, mode);
    file.write(text);
    file.sync();
  }
  fs::rename(fresh, path);
  sync_folder_of(path);
}

void append_durably(const fs::path& path, std::string_view lines, std::string_view heading, mode_t mode) {
  const Descriptor file(path, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW, mode);
  file.lock();
  file.cut_unfinished_line();
  const bool begun = file.size() > 0;
  file.write(begun ? std::string(lines) : std::string(heading) + std::string(lines));
  file.sync();
  if (!begun) sync_folder_of(path);
}

void move_durably(const fs::path& from, const fs::path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) != 0)
    throw std::system_error(errno, std::generic_category(), to.string());
  sync_folder_of(to);
}

}  // namespace passerelle::store
