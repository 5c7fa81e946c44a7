// What stands where in the lines of a fixed-width file, taken from its shape.
#pragma once

#include <string_view>
#include <vector>

#include "gateway/codec/shape.hpp"

namespace passerelle::codec {

/// A run of bytes of a line, counted from 0.
struct FixedSpan {
  std::size_t begin = 0;
  std::size_t size = 0;

  /// Its bytes in a line; fewer when the line is shorter.
  [[nodiscard]] std::string_view of(std::string_view line) const noexcept {
    return begin < line.size() ? line.substr(begin, size) : std::string_view{};
  }
};

struct FixedField {
  NodeId node = no_node;
  FixedSpan span;
};

/// One kind of line: that of the envelope, or that of the demandes.
struct FixedLine {
  std::vector<FixedField> fields;  ///< in the order of their bytes
  std::vector<FixedSpan> gaps;     ///< between them, blank
  std::size_t width = 0;           ///< bytes, up to the last field
  std::string_view kind;           ///< what its first field always holds; empty: lines have no kind

  /// Whether a line is of this kind.
  [[nodiscard]] bool takes(std::string_view line) const noexcept;
};

/// Lines begin with their kind when a leaf at 1 has a type of one single code. Views live as long as the
/// shape.
struct FixedLayout {
  explicit FixedLayout(const Shape& shape);

  /// Whether the first line of a file is that of the envelope.
  [[nodiscard]] bool has_envelope() const noexcept { return !envelope.fields.empty(); }

  FixedLine envelope;
  FixedLine demande;
};

}  // namespace passerelle::codec
