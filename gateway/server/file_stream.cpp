#include "gateway/server/file_stream.hpp"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
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
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC, owner_only);
  if (descriptor < 0) throw std::system_error(errno, std::generic_category(), path);
  return descriptor;
}

/// A special file (a pipe, /dev/null) is written where it stands; any other beside its name first.
std::string temporary_for(const std::string& path) {
  if (is_standard(path)) return {};
  const bool special = fs::exists(path) && !fs::is_regular_file(path);
  return special ? std::string() : path + ".part";
}

}  // namespace

Descriptor::~Descriptor() {
  if (m_owned) ::close(m_number);
}

InputFile::InputFile(const std::string& path)
    : m_descriptor(is_standard(path) ? STDIN_FILENO : open_or_throw(path, O_RDONLY), !is_standard(path)),
      m_source(m_descriptor.number()) {}

OutputFile::OutputFile(const std::string& path)
    : m_path(is_standard(path) ? std::string() : path),
      m_temporary(temporary_for(path)),
      m_descriptor(m_path.empty() ? STDOUT_FILENO
                                  : open_or_throw(m_temporary.empty() ? m_path : m_temporary,
                                                  O_WRONLY | O_CREAT | O_TRUNC),
                   !m_path.empty()),
      m_sink(m_descriptor.number()) {}

OutputFile::~OutputFile() {
  if (!m_temporary.empty()) ::unlink(m_temporary.c_str());
}

void OutputFile::commit() {
  m_sink.flush();
  if (m_temporary.empty()) return;
  if (std::rename(m_temporary.c_str(), m_path.c_str()) != 0)
    throw std::system_error(errno, std::generic_category(), m_path);
  m_temporary.clear();
}

}  // namespace passerelle::server
