#include "gateway/store/durable_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <string>
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

 private:
  void check(bool done) const {
    if (!done) throw std::system_error(errno, std::generic_category(), m_path.string());
  }

  fs::path m_path;
  int m_number;
};

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
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  Descriptor(folder, O_RDONLY | O_DIRECTORY).sync();
}

}  // namespace passerelle::store
