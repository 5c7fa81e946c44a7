// Any bytes are a structure file, for each codec that has one: it is refused with its faults, or its shape
// reads and writes.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "gateway/mapping/structure_file.hpp"
#include "tests/fuzz/rewriting.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace passerelle;
  using codec::WireKind;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const WireKind kind : {WireKind::csv, WireKind::fixed, WireKind::json}) {
    const auto shape = mapping::parse_structure(text, "structure.csv", {.kind = kind});
    if (shape) {
      fuzz::must_settle(*shape, "{}\n[1]\n");
    } else {
      fuzz::must(!shape.error().empty());
    }
  }
  return 0;
}
