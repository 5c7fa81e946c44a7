// A sink that remembers what a reader gave, for any codec.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/codec/codec.hpp"
#include "gateway/codec/shape.hpp"

namespace passerelle::codec {

/// What a reader gave, written out.
struct Heard {
  std::string text;                   ///< what the writer of the same shape makes of it
  std::vector<std::string> faults;    ///< `place,code,path,line,column`; see `place` in expected.csv
  std::vector<std::uint64_t> leaves;  ///< leaves kept plus leaves without a place, by record
  std::uint64_t stray = 0;
};

/// Reads the bytes with the reader of the shape, `chunk` at a time.
[[nodiscard]] Heard hear(const Shape& shape, std::string_view bytes, std::size_t chunk = 1 << 20);

/// Each file of the folder has the faults that its `expected.csv` says (`place` is `fichier`, `entete` or the
/// ordinal of the record), read at once and byte by byte.
void expect_faults_of_damaged_files(const Shape& shape, const std::string& folder);

}  // namespace passerelle::codec
