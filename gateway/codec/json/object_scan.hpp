// Finds where one JSON object ends, in one pass over its bytes, without building anything.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "gateway/codec/json/json_block.hpp"

namespace passerelle::codec {

/// Follows strings and brackets only: the grammar between them is for the parser. Bytes come as a window that
/// the caller slides (`forget`); offsets are relative to it.
class ObjectScan {
 public:
  enum class Outcome : std::uint8_t {
    more,      ///< the window ends before the object
    complete,  ///< `at()` is the byte after the object
    broken,    ///< `at()` is where the object can no longer be one: an end of line inside a string, or an
               ///< object that begins a line where no value may stand
  };

  /// Begins an object whose `{` is byte 0 of the window.
  void start() noexcept { *this = ObjectScan(); }

  /// Goes on to the end of the window. 64 bytes after the window must be readable; `last` tells that nothing
  /// comes after it.
  Outcome advance(std::string_view window, bool last) noexcept;

  /// The first `count` bytes leave the window.
  void forget(std::size_t count) noexcept;

  [[nodiscard]] std::size_t at() const noexcept { return m_at; }
  /// The first bracket over limits::depth, if any, counted from the start of the object.
  [[nodiscard]] const std::optional<std::uint64_t>& too_deep() const noexcept { return m_too_deep; }
  [[nodiscard]] bool has_escape() const noexcept { return m_has_escape; }
  /// Ends of line passed, and the offset after the last of them, counted from the start of the object.
  [[nodiscard]] std::uint32_t lines() const noexcept { return m_lines; }
  [[nodiscard]] std::uint64_t line_start() const noexcept { return m_line_start; }

 private:
  Outcome take_block(std::string_view window, std::uint64_t valid) noexcept;
  std::uint64_t take_escapes(std::uint64_t backslashes) noexcept;
  std::uint64_t take_strings(std::uint64_t quotes) noexcept;
  Outcome take_brackets(std::string_view window, std::uint64_t opens, std::uint64_t closes) noexcept;
  void count_lines(std::uint64_t newlines, std::size_t block_start) noexcept;

  std::size_t m_at = 1;
  std::uint64_t m_forgotten = 0;
  std::uint64_t m_depth = 1;
  std::uint64_t m_inside = 0;   // all ones when the block begins inside a string
  std::uint64_t m_escaped = 0;  // 1 when its first byte is escaped
  std::uint64_t m_line_start = 0;
  std::uint32_t m_lines = 0;
  bool m_has_escape = false;
  std::optional<std::uint64_t> m_too_deep;
};

}  // namespace passerelle::codec
