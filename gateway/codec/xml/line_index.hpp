// Turns offsets into lines and columns while a document streams by.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "gateway/model/position.hpp"

namespace passerelle::codec {

/// Remembers where lines begin between the place last asked for and the end of what was read, nothing more:
/// its memory does not grow with the document.
class LineIndex {
 public:
  /// The next bytes of the document, in UTF-8 as the parser sees them; columns count the bytes of the source,
  /// where each character was one byte when `single_byte_source`.
  void read(std::string_view block, bool single_byte_source);

  /// The place of an offset, which must not be smaller than the one asked before.
  model::Position position(std::uint64_t offset) {
    while (m_next < m_marks.size() && m_marks[m_next] / 2 < offset) pass(m_marks[m_next++]);
    const std::uint64_t column = offset - m_line_start - m_line_extra;
    return {m_line, static_cast<std::uint32_t>(column + 1)};
  }
  /// Forgets what stands before an offset that nobody will ask for.
  void forget_before(std::uint64_t offset);

 private:
  void read_widened(std::string_view block);
  void pass(std::uint64_t mark) {
    if ((mark & 1U) != 0) {
      ++m_line_extra;
      return;
    }
    ++m_line;
    m_line_start = mark / 2 + 1;
    m_line_extra = 0;
  }

  // Offsets times two, in order: even ones are ends of lines, odd ones are bytes that the source has not.
  std::vector<std::uint64_t> m_marks;
  std::size_t m_next = 0;
  std::uint64_t m_read = 0;
  std::uint64_t m_line_start = 0;
  std::uint64_t m_line_extra = 0;
  std::uint32_t m_line = 1;
};

}  // namespace passerelle::codec
