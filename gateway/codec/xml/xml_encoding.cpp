#include "gateway/codec/xml/xml_encoding.hpp"

#include <algorithm>
#include <array>

namespace passerelle::codec {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view blank = " \t\r\n"sv;

// First bytes of UTF-16, UTF-32 (with or without mark) and EBCDIC: XML 1.0, appendix F.1.
constexpr std::array foreign_heads{"\xFE\xFF"sv, "\xFF\xFE"sv, "\x00\x3C"sv,        "\x3C\x00"sv,
                                   "\x00\x00"sv, "\xFF\x00"sv, "\x4C\x6F\xA7\x94"sv};

/// The value of `encoding="..."` in the XML declaration; empty when there is none. A malformed declaration
/// is left for the parser to refuse.
std::string_view declared_encoding(std::string_view head) {
  constexpr std::string_view opening = "<?xml"sv;
  // `<?xmlv` opens an instruction of that name, not a declaration.
  if (!head.starts_with(opening) || blank.find(head.substr(opening.size(), 1)) == std::string_view::npos)
    return {};
  const std::string_view declaration = head.substr(0, head.find("?>"sv));
  constexpr std::string_view keyword = "encoding"sv;
  const std::size_t at = declaration.find(keyword);
  if (at == std::string_view::npos || blank.find(declaration[at - 1]) == std::string_view::npos) return {};
  const std::size_t equals = declaration.find_first_not_of(blank, at + keyword.size());
  if (equals == std::string_view::npos || declaration[equals] != '=') return {};
  const std::size_t open = declaration.find_first_not_of(blank, equals + 1);
  if (open == std::string_view::npos || (declaration[open] != '"' && declaration[open] != '\'')) return {};
  const std::size_t close = declaration.find(declaration[open], open + 1);
  if (close == std::string_view::npos) return {};
  return declaration.substr(open + 1, close - open - 1);
}

}  // namespace

std::optional<XmlHead> detect_encoding(std::string_view head) {
  const auto begins = [head](std::string_view bytes) { return head.starts_with(bytes); };
  if (std::ranges::any_of(foreign_heads, begins)) return std::nullopt;
  XmlHead found;
  if (begins(utf_8_mark)) found.mark_bytes = utf_8_mark.size();
  const std::string_view name = declared_encoding(head.substr(found.mark_bytes));
  if (name.empty()) return found;
  const auto encoding = charset_named(name);
  if (!encoding || (found.mark_bytes > 0 && *encoding != Charset::utf_8)) return std::nullopt;
  found.encoding = *encoding;
  return found;
}

}  // namespace passerelle::codec
