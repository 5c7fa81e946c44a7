#include "gateway/codec/printable.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <fmt/format.h>

namespace passerelle::codec {
namespace {

struct Character {
  char32_t code = 0;
  std::size_t bytes = 0;  ///< 0: no character begins there
};

struct Range {
  char32_t first;
  char32_t last;
};

constexpr std::array unseen = {
    Range{0x00, 0x1F},     Range{0x7F, 0x9F},     Range{0xAD, 0xAD},        // controls, soft hyphen
    Range{0x61C, 0x61C},   Range{0x180E, 0x180E}, Range{0x200B, 0x200F},    // marks, no width
    Range{0x2028, 0x202E}, Range{0x2060, 0x206F},                           // lines, directions
    Range{0xFEFF, 0xFEFF}, Range{0xFFF9, 0xFFFB}, Range{0xE0000, 0xE0FFF},  // byte order, tags
};

bool is_unseen(char32_t code) {
  return std::ranges::any_of(
      unseen, [code](const Range& range) { return code >= range.first && code <= range.last; });
}

/// How many bytes the character has that begins with this one (RFC 3629); 0: none does.
constexpr std::size_t length_of(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

/// RFC 3629: neither longer than it must be, nor a surrogate, nor beyond the last character.
constexpr bool is_scalar(char32_t code, std::size_t bytes) {
  constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
  return code >= least[bytes] && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
}

Character first_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t bytes = length_of(lead);
  if (bytes == 0 || bytes > text.size()) return {};
  char32_t code = bytes == 1 ? lead : lead & (0x7FU >> bytes);
  for (std::size_t at = 1; at < bytes; ++at) {
    const auto next = static_cast<unsigned char>(text[at]);
    if ((next & 0xC0U) != 0x80U) return {};
    code = code << 6U | (next & 0x3FU);
  }
  return is_scalar(code, bytes) ? Character{code, bytes} : Character{};
}

}  // namespace

std::string printable(std::string_view text, Lines lines) {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    const Character next = first_character(text);
    const std::size_t taken = next.bytes == 0 ? 1 : next.bytes;
    const bool kept_end = next.code == '\n' && lines == Lines::several;
    if (next.bytes == 0) {
      shown += fmt::format("\\x{:02X}", static_cast<unsigned char>(text.front()));
    } else if (is_unseen(next.code) && !kept_end) {
      shown += fmt::format("\\u{{{:04X}}}", static_cast<std::uint32_t>(next.code));
    } else {
      shown.append(text.substr(0, taken));
    }
    text.remove_prefix(taken);
  }
  return shown;
}

}  // namespace passerelle::codec
