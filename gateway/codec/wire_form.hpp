// How records of a shape stand in a file: which codec, which characters, which marks between values.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "gateway/codec/charset.hpp"

namespace passerelle::codec {

enum class WireKind : std::uint8_t { xml, json, csv, fixed };

/// `xml`, `json`, `csv` or `fixed`; nothing for another word.
[[nodiscard]] std::optional<WireKind> wire_kind_named(std::string_view word) noexcept;

enum class LineEnd : std::uint8_t { lf, crlf };
enum class Quoting : std::uint8_t {
  needed,  ///< where a reader would go wrong without
  always,  ///< around every cell, empty ones too
};

/// Both ends of line are read, and a byte order mark may stand at the head of UTF-8; only writing chooses.
struct WireForm {
  WireKind kind = WireKind::xml;
  Charset charset = Charset::utf_8;  ///< csv and fixed; XML says its own, JSON is UTF-8
  char separator = ',';              ///< csv
  LineEnd line_end = LineEnd::lf;    ///< csv and fixed
  Quoting quoting = Quoting::needed;
  bool byte_order_mark = false;

  /// One record a line, values without names.
  [[nodiscard]] bool tabular() const noexcept { return kind == WireKind::csv || kind == WireKind::fixed; }
};

}  // namespace passerelle::codec
