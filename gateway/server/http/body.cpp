#include "gateway/server/http/body.hpp"

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace passerelle::server::http {
namespace {

constexpr mode_t owner_only = 0600;  // demandes are personal data

/// Reads by position, so that two readers do not disturb each other.
class FileSource final : public codec::ByteSource {
 public:
  explicit FileSource(int descriptor) : m_descriptor(descriptor) {}

  std::size_t read(char* into, std::size_t size) override {
    ssize_t count = ::pread(m_descriptor, into, size, m_at);
    while (count < 0 && errno == EINTR) count = ::pread(m_descriptor, into, size, m_at);
    if (count < 0) throw std::system_error(errno, std::generic_category(), "corps d'une requête");
    m_at += count;
    return static_cast<std::size_t>(count);
  }

 private:
  int m_descriptor;
  off_t m_at = 0;
};

}  // namespace

MemoryShare::MemoryShare(MemoryShare&& other) noexcept
    : m_room(other.m_room), m_octets(std::exchange(other.m_octets, 0)) {}

MemoryShare& MemoryShare::operator=(MemoryShare&& other) noexcept {
  std::swap(m_room, other.m_room);
  std::swap(m_octets, other.m_octets);
  return *this;
}

MemoryShare::~MemoryShare() {
  if (m_room != nullptr) m_room->in_memory -= m_octets;
}

bool MemoryShare::grow(std::size_t octets) noexcept {
  const std::size_t before = m_room->in_memory.fetch_add(octets);
  if (before + octets > m_room->most_in_memory) {
    m_room->in_memory -= octets;
    return false;
  }
  m_octets += octets;
  return true;
}

std::unique_ptr<codec::ByteSource> Body::source() const {
  if (is_in_file()) return std::make_unique<FileSource>(m_file.number());
  return std::make_unique<codec::MemorySource>(m_text);
}

BodyWriter::BodyWriter(BodyRoom& room, std::uint64_t most, std::size_t in_memory)
    : m_room(&room), m_most(most), m_most_in_memory(in_memory) {
  m_body.m_share = MemoryShare(&room);
}

tl::expected<void, Refusal> BodyWriter::append(std::string_view bytes) {
  if (bytes.size() > m_most - m_body.m_size) return tl::unexpected(Refusal::body_size);
  if (!m_body.is_in_file() && !keep_in_memory(bytes) && !move_to_file())
    return tl::unexpected(Refusal::storage);
  if (m_body.is_in_file() && !write(bytes)) return tl::unexpected(Refusal::storage);
  m_body.m_size += bytes.size();
  return {};
}

Body BodyWriter::take() {
  return std::exchange(m_body, Body());
}

bool BodyWriter::keep_in_memory(std::string_view bytes) {
  if (bytes.size() > m_most_in_memory - m_body.m_text.size() || !m_body.m_share.grow(bytes.size()))
    return false;
  m_body.m_text.append(bytes);
  return true;
}

/// O_EXCL: nobody can give such a file a name afterwards.
bool BodyWriter::move_to_file() {
  constexpr int flags = O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): open(2) is made so
  m_body.m_file = Descriptor(::open(m_room->folder.c_str(), flags, owner_only));
  if (!m_body.is_in_file() || !write(m_body.m_text)) return false;
  m_body.m_text = std::string();
  m_body.m_share = MemoryShare(m_room);
  return true;
}

bool BodyWriter::write(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t count = ::write(m_body.m_file.number(), bytes.data(), bytes.size());
    if (count < 0 && errno != EINTR) return false;
    if (count > 0) bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace passerelle::server::http
