#include "gateway/codec/byte_stream.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <unistd.h>

namespace passerelle::codec {
namespace {

constexpr std::size_t block_bytes = 256 * 1024;

[[noreturn]] void throw_errno(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

void write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw_errno("write");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

std::size_t DescriptorSource::read(char* into, std::size_t size) {
  for (;;) {
    const ssize_t got = ::read(m_descriptor, into, size);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) throw_errno("read");
  }
}

std::size_t MemorySource::read(char* into, std::size_t size) {
  const std::size_t taken = std::min(size, m_rest.size());
  std::copy_n(m_rest.data(), taken, into);
  m_rest.remove_prefix(taken);
  return taken;
}

std::string_view PeekableSource::peek(std::size_t size) {
  std::size_t filled = m_head.size();
  if (filled < size) m_head.resize(size);
  while (filled < size) {
    const std::size_t got = m_source->read(m_head.data() + filled, size - filled);
    if (got == 0) break;
    filled += got;
  }
  m_head.resize(filled);
  return {m_head.data(), std::min(filled, size)};
}

std::size_t PeekableSource::read(char* into, std::size_t size) {
  if (m_taken == m_head.size()) return m_source->read(into, size);
  const std::size_t taken = std::min(size, m_head.size() - m_taken);
  std::copy_n(m_head.data() + m_taken, taken, into);
  m_taken += taken;
  return taken;
}

DescriptorSink::DescriptorSink(int descriptor) : m_descriptor(descriptor) {
  m_pending.reserve(block_bytes);
}

void DescriptorSink::write(std::string_view bytes) {
  if (m_pending.size() + bytes.size() > block_bytes) flush();
  if (bytes.size() >= block_bytes) {
    write_all(m_descriptor, bytes);
  } else {
    m_pending.append(bytes);
  }
}

void DescriptorSink::flush() {
  write_all(m_descriptor, m_pending);
  m_pending.clear();
}

}  // namespace passerelle::codec
