// A small shape with every kind of place that JSON has, and a sink that remembers what a reader gave.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/codec/codec.hpp"
#include "gateway/codec/shape.hpp"

namespace passerelle::codec {

/// An envelope (`entete`, `complements`) and demandes: texts, date, boolean, integer, code list, lists of
/// scalars and of objects two deep, complements of two peers.
[[nodiscard]] Shape sample_shape();

/// What a reader gave, written out: values as JSON lines, faults as `place code path line:column`.
struct Heard {
  std::string text;                   ///< what JsonWriter makes of it
  std::vector<std::string> faults;    ///< place is `fichier`, `entete` or the ordinal of the record
  std::vector<std::uint64_t> leaves;  ///< leaves kept plus leaves without a place, by record
};

/// Reads the bytes with a JsonReader, `chunk` at a time.
[[nodiscard]] Heard hear(const Shape& shape, std::string_view bytes, std::size_t chunk = 1 << 20);

}  // namespace passerelle::codec
