// The part of a source that is in memory: it grows at its end and is left behind from its beginning.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "gateway/codec/byte_stream.hpp"

namespace passerelle::codec {

class ByteWindow {
 public:
  static constexpr std::size_t padding = 16;  ///< bytes after the end that may be read, and mean nothing

  /// The source stays the caller's.
  explicit ByteWindow(ByteSource& source);

  /// What is in memory; valid until `grow`.
  [[nodiscard]] std::string_view view() const noexcept {
    return {m_buffer.data() + m_begin, m_end - m_begin};
  }
  /// Reads more at the end; false when the source has ended.
  bool grow();
  /// Grows until `size` bytes are there; false when the source ends before.
  bool grow_to(std::size_t size);
  /// Leaves the first bytes behind; their views stay valid until `grow`.
  void drop(std::size_t size) noexcept { m_begin += size; }

 private:
  ByteSource* m_source;
  std::vector<char> m_buffer;
  std::size_t m_begin = 0;
  std::size_t m_end = 0;
  bool m_source_ended = false;
};

}  // namespace passerelle::codec
