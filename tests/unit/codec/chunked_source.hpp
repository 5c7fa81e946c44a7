// A source that gives a few bytes a time, as a pipe or a socket may.
#pragma once

#include <algorithm>
#include <string_view>

#include "gateway/codec/byte_stream.hpp"

namespace passerelle::codec {

class ChunkedSource final : public ByteSource {
 public:
  ChunkedSource(std::string_view bytes, std::size_t chunk) : m_bytes(bytes), m_chunk(chunk) {}
  std::size_t read(char* into, std::size_t size) override {
    return m_bytes.read(into, std::min(size, m_chunk));
  }

 private:
  MemorySource m_bytes;
  std::size_t m_chunk;
};

}  // namespace passerelle::codec
