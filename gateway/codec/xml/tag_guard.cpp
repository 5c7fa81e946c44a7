#include "gateway/codec/xml/tag_guard.hpp"

#include <algorithm>
#include <cassert>

#include "gateway/codec/limits.hpp"

namespace passerelle::codec {

static_assert(TagGuard::block_bytes <= limits::tag_bytes);

std::size_t TagGuard::pass(std::string_view block) {
  assert(block.size() <= block_bytes);
  if (m_open) {
    const std::uint64_t end = m_passed + scan_open_tag(block, 0);
    if (end - m_start > limits::tag_bytes) {
      return static_cast<std::size_t>(std::max(m_start + limits::tag_bytes, m_passed) - m_passed);
    }
  }
  const std::size_t last = block.rfind('<');
  if (last != std::string_view::npos) {
    m_open = true;
    m_quote = '\0';
    m_start = m_passed + last;
    scan_open_tag(block, last + 1);
  }
  m_passed += block.size();
  return block.size();
}

/// Where the open tag ends in the block: after its `>`, or at a `<` that no tag may hold, or (still open) at
/// the end of the block.
std::size_t TagGuard::scan_open_tag(std::string_view block, std::size_t from) {
  std::size_t at = from;
  while (at < block.size()) {
    const char c = block[at];
    if (c == '<' || (c == '>' && m_quote == '\0')) {
      m_open = false;
      return at + 1;
    }
    if (c == m_quote) {
      m_quote = '\0';
    } else if (m_quote == '\0' && (c == '"' || c == '\'')) {
      m_quote = c;
    }
    ++at;
  }
  return at;
}

}  // namespace passerelle::codec
