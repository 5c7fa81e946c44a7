#include "gateway/codec/wire_fit.hpp"

#include <string>

namespace passerelle::codec {

std::string_view without_padding(std::string_view value) noexcept {
  while (value.ends_with(' ')) value.remove_suffix(1);
  return value;
}

bool fits_wire(const Shape& shape, NodeId leaf, std::string_view value) {
  if (!shape.wire.tabular()) return true;
  const std::string_view kept = without_padding(value);
  if (kept.empty()) return false;
  std::string bytes;
  if (!append_encoded(bytes, kept, shape.wire.charset)) return false;
  if (shape.wire.kind == WireKind::csv) return true;
  return bytes.size() <= shape.node(leaf).length && kept.find_first_of("\r\n") == std::string_view::npos;
}

}  // namespace passerelle::codec
