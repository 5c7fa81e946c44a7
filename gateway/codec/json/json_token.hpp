// What one JSON token is, and where it stands in the source.
#pragma once

#include <cstdint>
#include <string_view>

#include "gateway/codec/json/json_splitter.hpp"

namespace passerelle::codec {

enum class JsonKind : std::uint8_t { text, number, boolean, null, object, array, malformed };

/// The kind of a token without white space around it, by RFC 8259: a literal or number must be whole and well
/// written; of a string, an object or an array only the first character is looked at.
[[nodiscard]] JsonKind json_kind(std::string_view token) noexcept;

/// Turns places of a slice into positions of the source; quick when asked in ascending order.
class JsonPositions {
 public:
  explicit JsonPositions(const JsonSlice& slice) noexcept;
  /// `place` lies inside the slice or at its end.
  [[nodiscard]] model::Position at(const char* place) noexcept;

 private:
  void restart() noexcept;

  const JsonSlice* m_slice;
  const char* m_from = nullptr;        // lines before it are counted
  const char* m_line_start = nullptr;  // of its line; nullptr on the first line of the slice
  std::uint32_t m_line = 0;
};

}  // namespace passerelle::codec
