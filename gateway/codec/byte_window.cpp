#include "gateway/codec/byte_window.hpp"

#include <cstring>

namespace passerelle::codec {
namespace {

constexpr std::size_t first_capacity = 256 * 1024;

}  // namespace

ByteWindow::ByteWindow(ByteSource& source) : m_source(&source), m_buffer(first_capacity + padding) {}

bool ByteWindow::grow() {
  if (m_source_ended) return false;
  if (m_begin > 0) {
    std::memmove(m_buffer.data(), m_buffer.data() + m_begin, m_end - m_begin);
    m_end -= m_begin;
    m_begin = 0;
  } else if (m_end + padding == m_buffer.size()) {
    m_buffer.resize(m_end * 2 + padding);
  }
  const std::size_t got = m_source->read(m_buffer.data() + m_end, m_buffer.size() - padding - m_end);
  m_end += got;
  m_source_ended = got == 0;
  return got > 0;
}

bool ByteWindow::grow_to(std::size_t size) {
  while (view().size() < size) {
    if (!grow()) return false;
  }
  return true;
}

}  // namespace passerelle::codec
