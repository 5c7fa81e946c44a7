#include "gateway/codec/xml/line_index.hpp"

namespace passerelle::codec {

void LineIndex::read(std::string_view block, bool single_byte_source) {
  if (single_byte_source) {
    read_widened(block);
  } else {
    for (std::size_t at = block.find('\n'); at != std::string_view::npos; at = block.find('\n', at + 1)) {
      m_marks.push_back((m_read + at) * 2);
    }
  }
  m_read += block.size();
}

void LineIndex::read_widened(std::string_view block) {
  for (std::size_t at = 0; at < block.size(); ++at) {
    const bool follows = (static_cast<unsigned char>(block[at]) & 0xC0U) == 0x80U;
    if (follows) m_marks.push_back((m_read + at) * 2 + 1);
    if (block[at] == '\n') m_marks.push_back((m_read + at) * 2);
  }
}

void LineIndex::forget_before(std::uint64_t offset) {
  position(offset);
  m_marks.erase(m_marks.begin(), m_marks.begin() + static_cast<std::ptrdiff_t>(m_next));
  m_next = 0;
}

}  // namespace passerelle::codec
