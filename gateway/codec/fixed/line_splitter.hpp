// Cuts a stream into lines, each whole in memory.
#pragma once

#include <cstdint>
#include <string_view>

#include "gateway/codec/byte_window.hpp"

namespace passerelle::codec {

/// Valid until the next `next()`.
struct TextLine {
  std::string_view bytes;  ///< without the end of line; empty when it is over limits::record_bytes
  std::uint32_t number = 0;
  bool over_limit = false;
};

/// Lines end with a line feed, perhaps after a carriage return; blank ones are passed over.
class LineSplitter {
 public:
  /// `mark_allowed`: a UTF-8 byte order mark at the head is passed over (columns do not count it).
  LineSplitter(ByteSource& source, bool mark_allowed);

  /// Whether the first bytes are those of UTF-16 or UTF-32, or a mark that may not stand there.
  [[nodiscard]] bool foreign_head() const noexcept { return m_foreign_head; }
  /// Moves to the next line; false at the end of the file.
  [[nodiscard]] bool next(TextLine& line);

 private:
  bool cut(TextLine& line);

  ByteWindow m_window;
  bool m_foreign_head = false;
  std::size_t m_taken = 0;
  std::uint32_t m_number = 0;
};

}  // namespace passerelle::codec
