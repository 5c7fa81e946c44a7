#include "gateway/codec/xml/xml_encoding.hpp"

#include <algorithm>
#include <cassert>

namespace passerelle::codec {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view utf_8_mark = "\xEF\xBB\xBF"sv;
constexpr std::string_view blank = " \t\r\n"sv;

// First bytes of UTF-16, UTF-32 (with or without mark) and EBCDIC: XML 1.0, appendix F.1.
constexpr std::array foreign_heads{"\xFE\xFF"sv, "\xFF\xFE"sv, "\x00\x3C"sv,        "\x3C\x00"sv,
                                   "\x00\x00"sv, "\xFF\x00"sv, "\x4C\x6F\xA7\x94"sv};

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_name(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, {}, lower, lower);
}

std::optional<XmlEncoding> encoding_named(std::string_view name) {
  if (same_name(name, "UTF-8")) return XmlEncoding::utf_8;
  if (same_name(name, "US-ASCII") || same_name(name, "ASCII")) return XmlEncoding::us_ascii;
  if (same_name(name, "ISO-8859-1")) return XmlEncoding::iso_8859_1;
  if (same_name(name, "ISO-8859-15")) return XmlEncoding::iso_8859_15;
  if (same_name(name, "windows-1252")) return XmlEncoding::windows_1252;
  return std::nullopt;
}

/// The value of `encoding="..."` in the XML declaration; empty when there is none. A malformed declaration
/// is left for the parser to refuse.
std::string_view declared_encoding(std::string_view head) {
  if (!head.starts_with("<?xml"sv)) return {};
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

constexpr ByteCharacters latin_1() {
  ByteCharacters characters{};
  for (std::size_t byte = 0; byte < characters.size(); ++byte) {
    characters[byte] = static_cast<std::uint16_t>(byte);
  }
  return characters;
}

constexpr ByteCharacters ascii() {
  ByteCharacters characters = latin_1();
  for (std::size_t byte = 0x80; byte < characters.size(); ++byte) characters[byte] = 0;
  return characters;
}

constexpr ByteCharacters latin_9() {
  ByteCharacters characters = latin_1();
  characters[0xA4] = 0x20AC;
  characters[0xA6] = 0x0160;
  characters[0xA8] = 0x0161;
  characters[0xB4] = 0x017D;
  characters[0xB8] = 0x017E;
  characters[0xBC] = 0x0152;
  characters[0xBD] = 0x0153;
  characters[0xBE] = 0x0178;
  return characters;
}

constexpr ByteCharacters windows_western() {
  constexpr std::array<std::uint16_t, 32> high{
      0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
      0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
      0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
  ByteCharacters characters = latin_1();
  std::ranges::copy(high, characters.begin() + 0x80);
  return characters;
}

}  // namespace

std::optional<XmlHead> detect_encoding(std::string_view head) {
  const auto begins = [head](std::string_view bytes) { return head.starts_with(bytes); };
  if (std::ranges::any_of(foreign_heads, begins)) return std::nullopt;
  XmlHead found;
  if (begins(utf_8_mark)) found.mark_bytes = utf_8_mark.size();
  const std::string_view name = declared_encoding(head.substr(found.mark_bytes));
  if (name.empty()) return found;
  const auto encoding = encoding_named(name);
  if (!encoding || (found.mark_bytes > 0 && *encoding != XmlEncoding::utf_8)) return std::nullopt;
  found.encoding = *encoding;
  return found;
}

const ByteCharacters& byte_characters(XmlEncoding encoding) noexcept {
  static constexpr ByteCharacters ascii_bytes = ascii();
  static constexpr ByteCharacters latin_1_bytes = latin_1();
  static constexpr ByteCharacters latin_9_bytes = latin_9();
  static constexpr ByteCharacters windows_bytes = windows_western();
  switch (encoding) {
    case XmlEncoding::us_ascii: return ascii_bytes;
    case XmlEncoding::iso_8859_15: return latin_9_bytes;
    case XmlEncoding::windows_1252: return windows_bytes;
    case XmlEncoding::iso_8859_1: return latin_1_bytes;
    case XmlEncoding::utf_8: break;
  }
  assert(false && "UTF-8 is not a single-byte encoding");
  return latin_1_bytes;
}

std::size_t put_utf_8(char* into, std::uint16_t character) noexcept {
  const auto put = [into](std::size_t at, unsigned bits) { into[at] = static_cast<char>(bits); };
  if (character < 0x80) {
    put(0, character);
    return 1;
  }
  if (character < 0x800) {
    put(0, 0xC0U | (character >> 6U));
    put(1, 0x80U | (character & 0x3FU));
    return 2;
  }
  put(0, 0xE0U | (character >> 12U));
  put(1, 0x80U | ((character >> 6U) & 0x3FU));
  put(2, 0x80U | (character & 0x3FU));
  return 3;
}

}  // namespace passerelle::codec
