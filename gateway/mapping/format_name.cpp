#include "gateway/mapping/format_name.hpp"

#include <algorithm>

namespace passerelle::mapping {

std::optional<FormatName> parse_format_name(std::string_view text) {
  FormatName name;
  const std::size_t colon = text.find(':');
  const std::size_t at = std::min(text.find('@'), colon);
  name.peer = text.substr(0, std::min(at, text.size()));
  if (name.peer.empty()) return std::nullopt;
  if (at != colon) {
    name.version = text.substr(at + 1, colon == std::string_view::npos ? colon : colon - at - 1);
    if (name.version.empty()) return std::nullopt;
  }
  if (colon != std::string_view::npos) {
    name.message = text.substr(colon + 1);
    if (name.message.empty()) return std::nullopt;
  }
  return name;
}

}  // namespace passerelle::mapping
