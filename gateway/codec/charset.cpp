#include "gateway/codec/charset.hpp"

#include <algorithm>
#include <cassert>

#include "gateway/model/ascii.hpp"

namespace passerelle::codec {
namespace {

using model::same_ignoring_case;

constexpr std::size_t longest_utf_8 = 3;  // of a character of these charsets

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

/// U+0080 to U+009F: controls that ISO 8859-1 has and that no text needs.
constexpr bool is_late_control(char32_t character) {
  return character >= 0x80 && character < 0xA0;
}

/// Takes the first character off text that is right UTF-8.
char32_t take_character(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  char32_t character = size == 1 ? lead : lead & (0xFFU >> (size + 1));
  for (std::size_t at = 1; at < size; ++at) {
    character = (character << 6U) | (static_cast<unsigned char>(text[at]) & 0x3FU);
  }
  text.remove_prefix(size);
  return character;
}

std::optional<char> byte_of(const ByteCharacters& characters, char32_t character) {
  if (character < 0x80) return static_cast<char>(character);
  if (is_late_control(character)) return std::nullopt;
  const auto* const found = std::find(characters.begin() + 0x80, characters.end(), character);
  if (found == characters.end()) return std::nullopt;
  return static_cast<char>(found - characters.begin());
}

}  // namespace

std::optional<Charset> charset_named(std::string_view name) {
  if (same_ignoring_case(name, "UTF-8")) return Charset::utf_8;
  if (same_ignoring_case(name, "US-ASCII") || same_ignoring_case(name, "ASCII")) return Charset::us_ascii;
  if (same_ignoring_case(name, "ISO-8859-1")) return Charset::iso_8859_1;
  if (same_ignoring_case(name, "ISO-8859-15")) return Charset::iso_8859_15;
  if (same_ignoring_case(name, "windows-1252")) return Charset::windows_1252;
  return std::nullopt;
}

const ByteCharacters& byte_characters(Charset charset) noexcept {
  static constexpr ByteCharacters ascii_bytes = ascii();
  static constexpr ByteCharacters latin_1_bytes = latin_1();
  static constexpr ByteCharacters latin_9_bytes = latin_9();
  static constexpr ByteCharacters windows_bytes = windows_western();
  switch (charset) {
    case Charset::us_ascii: return ascii_bytes;
    case Charset::iso_8859_15: return latin_9_bytes;
    case Charset::windows_1252: return windows_bytes;
    case Charset::iso_8859_1: return latin_1_bytes;
    case Charset::utf_8: break;
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

bool is_wide_text(std::string_view head) noexcept {
  return head.starts_with("\xFE\xFF") || head.starts_with("\xFF\xFE") ||
         head.substr(0, 2).find('\0') != std::string_view::npos;
}

bool is_ascii(std::string_view bytes) noexcept {
  unsigned char any = 0;
  for (const char c : bytes) any |= static_cast<unsigned char>(c);
  return any < 0x80;
}

bool append_decoded(std::string& out, std::string_view bytes, Charset from) {
  const ByteCharacters& characters = byte_characters(from);
  const std::size_t before = out.size();
  out.resize(before + bytes.size() * longest_utf_8);
  char* end = out.data() + before;
  for (const char c : bytes) {
    const std::uint16_t character = characters[static_cast<unsigned char>(c)];
    if ((character == 0 && c != 0) || is_late_control(character)) return false;
    end += put_utf_8(end, character);
  }
  out.resize(static_cast<std::size_t>(end - out.data()));
  return true;
}

bool append_encoded(std::string& out, std::string_view text, Charset to) {
  if (to == Charset::utf_8 || is_ascii(text)) {
    out.append(text);
    return true;
  }
  const ByteCharacters& characters = byte_characters(to);
  while (!text.empty()) {
    const auto byte = byte_of(characters, take_character(text));
    if (!byte) return false;
    out.push_back(*byte);
  }
  return true;
}

}  // namespace passerelle::codec
