// Measures tags before the parser sees them, at the price of one look back per block.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace passerelle::codec {

/// The time libxml2 takes on one tag grows with the square of its attributes, and it calls nobody before the
/// end of the tag; so a tag over limits::tag_bytes is cut here. A tag holds no second `<` in a well-formed
/// document, hence only the last `<` of each block can begin one that the block does not close. A comment, an
/// instruction or a CDATA section is measured as a tag up to its first `>` or `<`.
class TagGuard {
 public:
  /// A longer block could hide a long tag before its last `<`.
  static constexpr std::size_t block_bytes = 4 * 1024;

  /// Looks at the next block of the document, of at most `block_bytes`. Returns how many of its bytes may go
  /// to the parser: all of them, or fewer when a tag passes the limit there (`tag_start` is then its offset).
  std::size_t pass(std::string_view block);

  [[nodiscard]] std::uint64_t tag_start() const noexcept { return m_start; }

 private:
  std::size_t scan_open_tag(std::string_view block, std::size_t from);

  bool m_open = false;
  char m_quote = '\0';
  std::uint64_t m_start = 0;
  std::uint64_t m_passed = 0;
};

}  // namespace passerelle::codec
