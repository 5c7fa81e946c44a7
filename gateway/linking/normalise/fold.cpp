#include "gateway/linking/normalise/fold.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace passerelle::linking {
namespace {

struct Range {
  char32_t first, last;
  std::string_view letters;
};

// Latin-1 supplement, Latin Extended-A and the letters of living languages beyond them.
constexpr std::array<Range, 62> latin{{
    {0xAA, 0xAA, "a"},   {0xBA, 0xBA, "o"},     {0xC0, 0xC5, "a"},   {0xC6, 0xC6, "ae"},
    {0xC7, 0xC7, "c"},   {0xC8, 0xCB, "e"},     {0xCC, 0xCF, "i"},   {0xD0, 0xD0, "d"},
    {0xD1, 0xD1, "n"},   {0xD2, 0xD6, "o"},     {0xD8, 0xD8, "o"},   {0xD9, 0xDC, "u"},
    {0xDD, 0xDD, "y"},   {0xDE, 0xDE, "th"},    {0xDF, 0xDF, "ss"},  {0xE0, 0xE5, "a"},
    {0xE6, 0xE6, "ae"},  {0xE7, 0xE7, "c"},     {0xE8, 0xEB, "e"},   {0xEC, 0xEF, "i"},
    {0xF0, 0xF0, "d"},   {0xF1, 0xF1, "n"},     {0xF2, 0xF6, "o"},   {0xF8, 0xF8, "o"},
    {0xF9, 0xFC, "u"},   {0xFD, 0xFD, "y"},     {0xFE, 0xFE, "th"},  {0xFF, 0xFF, "y"},
    {0x100, 0x105, "a"}, {0x106, 0x10D, "c"},   {0x10E, 0x111, "d"}, {0x112, 0x11B, "e"},
    {0x11C, 0x123, "g"}, {0x124, 0x127, "h"},   {0x128, 0x131, "i"}, {0x132, 0x133, "ij"},
    {0x134, 0x135, "j"}, {0x136, 0x138, "k"},   {0x139, 0x142, "l"}, {0x143, 0x14B, "n"},
    {0x14C, 0x151, "o"}, {0x152, 0x153, "oe"},  {0x154, 0x159, "r"}, {0x15A, 0x161, "s"},
    {0x162, 0x167, "t"}, {0x168, 0x173, "u"},   {0x174, 0x175, "w"}, {0x176, 0x178, "y"},
    {0x179, 0x17E, "z"}, {0x17F, 0x17F, "s"},   {0x18F, 0x18F, "e"}, {0x1A0, 0x1A1, "o"},
    {0x1AF, 0x1B0, "u"}, {0x1CD, 0x1CE, "a"},   {0x1CF, 0x1D0, "i"}, {0x1D1, 0x1D2, "o"},
    {0x1D3, 0x1DC, "u"}, {0x1E6, 0x1E7, "g"},   {0x218, 0x219, "s"}, {0x21A, 0x21B, "t"},
    {0x259, 0x259, "e"}, {0xFB00, 0xFB02, "f"},
}};

// U+1E00 to U+1EFF come in pairs (capital, small) of one base letter; blanks are letters out of use.
constexpr std::string_view latin_additional =
    "abbbcdddddeeeeefghhhhhiikkkllllmmmnnnnooooppr"
    "rrrssssstttt"
    "uuuuuvvwwwwwxxyzzz"
    "twass"
    "aaaaaaaaaaaaeeeeeeeeiioooooooooooouuuuuuuyyyy   ";

// U+0430 to U+045F.
constexpr std::array<std::string_view, 48> cyrillic{
    "a", "b", "v",  "g", "d",  "e",  "zh", "z",  "i",  "y",    "k",  "l", "m", "n", "o",  "p",
    "r", "s", "t",  "u", "f",  "kh", "ts", "ch", "sh", "shch", "",   "y", "",  "e", "yu", "ya",
    "e", "e", "dj", "g", "ye", "dz", "i",  "yi", "j",  "lj",   "nj", "c", "k", "i", "u",  "dz"};

// U+03B1 to U+03C9.
constexpr std::array<std::string_view, 25> greek{"a", "v", "g", "d", "e",  "z",  "i", "th", "i",
                                                 "k", "l", "m", "n", "x",  "o",  "p", "r",  "s",
                                                 "s", "t", "y", "f", "ch", "ps", "o"};

struct Decoded {
  char32_t letter;
  std::size_t bytes;
};

bool continues(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

/// One character; a byte that begins no valid sequence is read as ISO 8859-1.
Decoded decode(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return static_cast<char32_t>(static_cast<unsigned char>(text[at + i]));
  };
  const char32_t lead = byte(0);
  if (lead >= 0xC2 && lead < 0xE0 && continues(text, at + 1)) {
    return {((lead & 0x1FU) << 6U) | (byte(1) & 0x3FU), 2};
  }
  if (lead >= 0xE0 && lead < 0xF0 && continues(text, at + 1) && continues(text, at + 2)) {
    return {((lead & 0x0FU) << 12U) | ((byte(1) & 0x3FU) << 6U) | (byte(2) & 0x3FU), 3};
  }
  if (lead >= 0xF0 && lead < 0xF5 && continues(text, at + 1) && continues(text, at + 2) &&
      continues(text, at + 3)) {
    return {0x10000, 4};
  }
  return {lead, 1};
}

std::string_view latin_letters(char32_t letter) {
  if (letter >= 0x1E00 && letter <= 0x1EFF) {
    const std::size_t pair = (letter - 0x1E00) / 2;
    return pair < latin_additional.size() ? latin_additional.substr(pair, 1) : std::string_view{};
  }
  const auto* found = std::ranges::find_if(
      latin, [letter](const Range& range) { return letter >= range.first && letter <= range.last; });
  return found == latin.end() ? std::string_view{} : found->letters;
}

std::string_view greek_letters(char32_t letter) {
  switch (letter) {
    case 0x386:
    case 0x3AC: return "a";
    case 0x388:
    case 0x3AD: return "e";
    case 0x389:
    case 0x38A:
    case 0x3AE:
    case 0x3AF:
    case 0x3CA: return "i";
    case 0x38C:
    case 0x3CC:
    case 0x38F:
    case 0x3CE: return "o";
    case 0x38E:
    case 0x3CD:
    case 0x3CB: return "y";
    default: break;
  }
  if (letter >= 0x391 && letter <= 0x3A9) letter += 0x20;
  return letter >= 0x3B1 && letter <= 0x3C9 ? greek[letter - 0x3B1] : std::string_view{};
}

std::string_view cyrillic_letters(char32_t letter) {
  if (letter >= 0x400 && letter <= 0x40F) letter += 0x50;
  if (letter >= 0x410 && letter <= 0x42F) letter += 0x20;
  return letter >= 0x430 && letter <= 0x45F ? cyrillic[letter - 0x430] : std::string_view{};
}

bool is_mark(char32_t letter) {
  return (letter >= 0x300 && letter <= 0x36F) || letter == 0xAD;
}

/// Punctuation, signs and blanks outside ASCII.
bool is_separator(char32_t letter) {
  return letter < 0xC0 || letter == 0xD7 || letter == 0xF7 || (letter >= 0x2B0 && letter <= 0x2FF) ||
         (letter >= 0x2000 && letter <= 0x2BFF) || (letter >= 0x3000 && letter <= 0x3004) ||
         letter == 0xFEFF || letter == 0xFFFD;
}

class Folder {
 public:
  void add(std::string_view letters) {
    begin_word();
    m_text.append(letters);
  }
  void add(char letter) {
    begin_word();
    m_text.push_back(letter);
  }
  void part() { m_pending = true; }
  void reserve(std::size_t size) { m_text.reserve(size); }
  std::string take() { return std::move(m_text); }

 private:
  void begin_word() {
    if (m_pending && !m_text.empty()) m_text.push_back(' ');
    m_pending = false;
  }

  std::string m_text;
  bool m_pending = false;
};

void add_ascii(Folder& folder, char c) {
  if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  if (kept) {
    folder.add(c);
  } else {
    folder.part();
  }
}

void add_letter(Folder& folder, char32_t letter, std::string_view bytes) {
  if (is_mark(letter)) return;
  std::string_view letters = latin_letters(letter);
  if (letters.empty()) letters = cyrillic_letters(letter);
  if (letters.empty()) letters = greek_letters(letter);
  if (!letters.empty()) return letters == " " ? folder.part() : folder.add(letters);
  if (letter >= 0x400 && letter <= 0x45F) return;  // hard and soft signs
  if (is_separator(letter)) return folder.part();
  if (bytes.size() > 1) return folder.add(bytes);
  folder.part();
}

}  // namespace

std::string fold(std::string_view text) {
  Folder folder;
  folder.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      add_ascii(folder, text[at++]);
      continue;
    }
    const Decoded decoded = decode(text, at);
    add_letter(folder, decoded.letter, text.substr(at, decoded.bytes));
    at += decoded.bytes;
  }
  return folder.take();
}

std::vector<std::string_view> words_of(std::string_view folded) {
  std::vector<std::string_view> words;
  words.reserve(static_cast<std::size_t>(std::ranges::count(folded, ' ')) + 1);
  while (!folded.empty()) {
    const std::size_t end = std::min(folded.find(' '), folded.size());
    if (end > 0) words.push_back(folded.substr(0, end));
    folded.remove_prefix(std::min(end + 1, folded.size()));
  }
  return words;
}

std::string join_words(const std::vector<std::string_view>& words) {
  std::string joined;
  for (const std::string_view word : words) {
    if (!joined.empty()) joined.push_back(' ');
    joined.append(word);
  }
  return joined;
}

std::string without_blanks(std::string_view folded) {
  std::string joined;
  std::ranges::copy_if(folded, std::back_inserter(joined), [](char c) { return c != ' '; });
  return joined;
}

}  // namespace passerelle::linking
