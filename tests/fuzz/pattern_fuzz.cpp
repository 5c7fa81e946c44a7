// A pattern, then a zero byte, then a value: compiling never fails but by refusing, matching always ends.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "gateway/codec/pattern.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t end = text.find('\0');
  const auto pattern = passerelle::codec::Pattern::compile(text.substr(0, end));
  if (pattern && end != std::string_view::npos) static_cast<void>(pattern->matches(text.substr(end + 1)));
  return 0;
}
