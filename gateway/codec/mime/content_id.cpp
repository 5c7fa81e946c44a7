#include "gateway/codec/mime/content_id.hpp"

#include "gateway/codec/mime/field_text.hpp"
#include "gateway/codec/mime/hexadecimal.hpp"
#include "gateway/model/ascii.hpp"

namespace passerelle::codec {
namespace {

constexpr std::string_view scheme = "cid:";

}  // namespace

std::string_view bare_content_id(std::string_view text) noexcept {
  std::string_view id = trim_blanks(text);
  if (id.size() < 2 || !id.starts_with('<') || !id.ends_with('>')) return id;
  return id.substr(1, id.size() - 2);
}

std::string_view written_content_id(std::string_view reference) noexcept {
  if (!model::same_ignoring_case(reference.substr(0, scheme.size()), scheme)) return {};
  return reference.substr(scheme.size());
}

std::optional<std::string> content_id_of(std::string_view reference) {
  std::string_view rest = written_content_id(reference);
  if (rest.empty()) return std::nullopt;
  std::string id;
  while (!rest.empty()) {
    const bool encoded = rest.front() == '%';
    const auto byte = encoded ? hexadecimal_byte(rest.substr(1)) : std::optional(rest.front());
    if (!byte) return std::nullopt;
    id += *byte;
    rest.remove_prefix(encoded ? 3 : 1);
  }
  return id;
}

}  // namespace passerelle::codec
