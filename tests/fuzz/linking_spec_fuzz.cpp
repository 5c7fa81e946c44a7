// Any bytes are a linking spec: it is refused with its lines, or its columns are few and written specs read
// back.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "gateway/linking/spec/linking_spec.hpp"
#include "tests/fuzz/must.hpp"

using passerelle::fuzz::must;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto spec = passerelle::linking::parse_spec(text);
  if (!spec) {
    must(!spec.error().empty());
    for (const auto& fault : spec.error()) must(fault.line <= size + 1 && !fault.text.empty());
    return 0;
  }
  must(!spec->columns.empty());
  must(spec->settings.review <= spec->settings.same);
  if (text.find('"') == std::string_view::npos)
    must(passerelle::linking::parse_spec(write_spec(*spec)) == *spec);
  return 0;
}
