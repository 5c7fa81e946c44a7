// Any bytes are a CSV of demandes, in UTF-8 and in Windows-1252: reading ends, and what is written reads back
// without fault.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "tests/fuzz/rewriting.hpp"

namespace {

using namespace passerelle;

codec::Shape small_shape(codec::Charset charset) {
  codec::Shape shape("", codec::PathStyle::dots);
  shape.wire = {.kind = codec::WireKind::csv, .charset = charset, .separator = ';'};
  codec::Node demande{.name = "demande", .children = {}, .min_occurs = 0};
  demande.max_occurs = codec::unbounded;
  shape.set_record(shape.add(codec::Shape::root(), demande));
  for (const char* name : {"A", "B", "C"}) {
    shape.add(shape.record(), {.name = name, .kind = codec::NodeKind::leaf, .children = {}, .min_occurs = 0});
  }
  shape.seal();
  return shape;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const codec::Shape utf_8 = small_shape(codec::Charset::utf_8);
  static const codec::Shape windows = small_shape(codec::Charset::windows_1252);
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  fuzz::must_settle(utf_8, text);
  fuzz::must_settle(windows, text);
  return 0;
}
