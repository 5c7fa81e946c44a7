// Any bytes are a multipart message: it is read the same in pieces of any size, and what is read of it,
// written again without encoding, reads the same.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/codec/limits.hpp"
#include "gateway/codec/mime/multipart_splitter.hpp"
#include "tests/fuzz/must.hpp"
#include "tests/unit/codec/chunked_source.hpp"

namespace {

using namespace passerelle;
using fuzz::must;

constexpr codec::MultipartSplitter::Room room{codec::limits::part_bytes, model::FaultCode::limit_part};

struct Read {
  std::vector<std::string> parts;
  std::optional<model::FaultCode> fault;

  friend bool operator==(const Read&, const Read&) = default;
};

Read read(std::string_view message, std::size_t chunk) {
  codec::ChunkedSource source(message, chunk);
  codec::MultipartSplitter splitter(source, "b");
  Read read;
  codec::PartHeader header;
  while (splitter.next(header)) {
    codec::MemorySink sink;
    const auto bytes = splitter.read(sink, room);
    must(!bytes || *bytes == sink.bytes().size());
    if (bytes) read.parts.push_back(sink.bytes());
    must(splitter.rank() <= codec::limits::parts);
  }
  if (splitter.fault()) read.fault = splitter.fault()->code;
  return read;
}

bool holds_delimiter(const std::string& part) {
  return ("\r\n" + part).find("\r\n--b") != std::string::npos;
}

std::string written(const Read& read) {
  std::string message = "--b";
  for (const std::string& part : read.parts) message += "\r\n\r\n" + part + "\r\n--b";
  return message + "--";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view message(reinterpret_cast<const char*>(data), size);
  const Read whole = read(message, size + 1);
  must(read(message, 1 + size % 7) == whole);
  std::size_t bytes = 0;
  for (const std::string& part : whole.parts) bytes += part.size();
  must(bytes <= size);
  if (whole.fault || whole.parts.empty() || std::ranges::any_of(whole.parts, holds_delimiter)) return 0;
  must(read(written(whole), size + 1) == whole);
  return 0;
}
