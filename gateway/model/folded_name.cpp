#include "gateway/model/folded_name.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "gateway/model/ascii.hpp"

namespace passerelle::model {
namespace {

/// Letters from `first` to `last` are written as these.
struct Fold {
  std::uint16_t first;
  std::uint16_t last;
  std::string_view as;
};

// Latin-1 Supplement and Latin Extended-A, in order; what is in no range is punctuation.
constexpr std::array folds = {
    Fold{0xC0, 0xC5, "A"},   Fold{0xC6, 0xC6, "AE"},   Fold{0xC7, 0xC7, "C"},   Fold{0xC8, 0xCB, "E"},
    Fold{0xCC, 0xCF, "I"},   Fold{0xD0, 0xD0, "D"},    Fold{0xD1, 0xD1, "N"},   Fold{0xD2, 0xD6, "O"},
    Fold{0xD8, 0xD8, "O"},   Fold{0xD9, 0xDC, "U"},    Fold{0xDD, 0xDD, "Y"},   Fold{0xDE, 0xDE, "TH"},
    Fold{0xDF, 0xDF, "SS"},  Fold{0xE0, 0xE5, "A"},    Fold{0xE6, 0xE6, "AE"},  Fold{0xE7, 0xE7, "C"},
    Fold{0xE8, 0xEB, "E"},   Fold{0xEC, 0xEF, "I"},    Fold{0xF0, 0xF0, "D"},   Fold{0xF1, 0xF1, "N"},
    Fold{0xF2, 0xF6, "O"},   Fold{0xF8, 0xF8, "O"},    Fold{0xF9, 0xFC, "U"},   Fold{0xFD, 0xFD, "Y"},
    Fold{0xFE, 0xFE, "TH"},  Fold{0xFF, 0xFF, "Y"},    Fold{0x100, 0x105, "A"}, Fold{0x106, 0x10D, "C"},
    Fold{0x10E, 0x111, "D"}, Fold{0x112, 0x11B, "E"},  Fold{0x11C, 0x123, "G"}, Fold{0x124, 0x127, "H"},
    Fold{0x128, 0x131, "I"}, Fold{0x132, 0x133, "IJ"}, Fold{0x134, 0x135, "J"}, Fold{0x136, 0x138, "K"},
    Fold{0x139, 0x142, "L"}, Fold{0x143, 0x14B, "N"},  Fold{0x14C, 0x151, "O"}, Fold{0x152, 0x153, "OE"},
    Fold{0x154, 0x159, "R"}, Fold{0x15A, 0x161, "S"},  Fold{0x162, 0x167, "T"}, Fold{0x168, 0x173, "U"},
    Fold{0x174, 0x175, "W"}, Fold{0x176, 0x178, "Y"},  Fold{0x179, 0x17E, "Z"}, Fold{0x17F, 0x17F, "S"}};

constexpr std::uint32_t folded_end = 0x180;

/// How many octets the character takes that begins with this one; 1 for what begins no character.
std::size_t length_of(std::uint8_t first) {
  if (first >= 0xF0) return 4;
  if (first >= 0xE0) return 3;
  return first >= 0xC0 ? 2 : 1;
}

std::uint32_t code_point(std::string_view character) {
  const auto first = static_cast<std::uint8_t>(character.front());
  std::uint32_t code = character.size() == 1 ? first : first & (0x7FU >> character.size());
  for (const char c : character.substr(1)) code = (code << 6U) | (static_cast<std::uint8_t>(c) & 0x3FU);
  return code;
}

/// Combining marks, general punctuation (typographic apostrophe and hyphens), byte order mark.
bool is_dropped(std::uint32_t code) {
  return (code >= 0x300 && code <= 0x36F) || (code >= 0x2000 && code <= 0x206F) || code == 0xFEFF;
}

std::string_view folded(std::uint32_t code) {
  const auto* const found = std::ranges::find_if(
      folds, [code](const Fold& fold) { return code >= fold.first && code <= fold.last; });
  return found == folds.end() ? std::string_view{} : found->as;
}

void put_ascii(std::string& out, char c) {
  if (c >= 'a' && c <= 'z') out += static_cast<char>(c - 'a' + 'A');
  if (is_upper(c) || is_digit(c)) out += c;
}

void put(std::string& out, std::string_view character) {
  const std::uint32_t code = code_point(character);
  if (character.size() == 1) {
    if (code < 0x80) return put_ascii(out, character.front());
    out += character;  // no UTF-8
  } else if (code < folded_end) {
    out += folded(code);
  } else if (!is_dropped(code)) {
    out += character;
  }
}

}  // namespace

std::string folded_name(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t size = std::min(length_of(static_cast<std::uint8_t>(text.front())), text.size());
    put(out, text.substr(0, size));
    text.remove_prefix(size);
  }
  return out;
}

std::string_view first_of_names(std::string_view names) noexcept {
  const std::size_t begin = std::min(names.find_first_not_of(" ,"), names.size());
  names.remove_prefix(begin);
  return names.substr(0, names.find_first_of(" ,"));
}

}  // namespace passerelle::model
