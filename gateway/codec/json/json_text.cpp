#include "gateway/codec/json/json_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace passerelle::codec {
namespace {

constexpr char32_t first_supplementary = 0x10000;
constexpr char noncharacter_lead =
    '\xEF';  // the first byte of U+FFFE and U+FFFF, and of few others in French

unsigned byte(char c) {
  return static_cast<unsigned char>(c);
}

bool is_high_surrogate(char32_t c) {
  return c >= 0xD800 && c < 0xDC00;
}

bool is_low_surrogate(char32_t c) {
  return c >= 0xDC00 && c < 0xE000;
}

/// XML 1.0 section 2.2, production Char, for what stands in one UTF-16 unit.
bool is_xml_character(char32_t c) {
  if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
  return !is_high_surrogate(c) && !is_low_surrogate(c) && c != 0xFFFE && c != 0xFFFF;
}

/// U+FFFE and U+FFFF written as themselves.
bool begins_noncharacter(std::string_view text) {
  return text.starts_with("\xEF\xBF\xBE") || text.starts_with("\xEF\xBF\xBF");
}

void append_utf8(std::string& out, char32_t c) {
  const auto add = [&out](char32_t bits) { out.push_back(static_cast<char>(bits)); };
  if (c < 0x80) return add(c);
  if (c < 0x800) {
    add(0xC0 | c >> 6);
  } else {
    if (c < first_supplementary) {
      add(0xE0 | c >> 12);
    } else {
      add(0xF0 | c >> 18);
      add(0x80 | (c >> 12 & 0x3F));
    }
    add(0x80 | (c >> 6 & 0x3F));
  }
  add(0x80 | (c & 0x3F));
}

/// The four digits at the front, which are taken.
std::optional<char32_t> take_unit(std::string_view& rest) {
  std::uint32_t unit = 0;
  if (rest.size() < 4) return std::nullopt;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + 4, unit, 16);
  if (error != std::errc{} || end != rest.data() + 4) return std::nullopt;
  rest.remove_prefix(4);
  return unit;
}

class Decoder {
 public:
  Decoder(std::string_view raw, std::string& text) : m_rest(raw), m_text(text) {}

  JsonTextState run() {
    while (!m_rest.empty() && m_state != JsonTextState::malformed) {
      const auto stop =
          std::ranges::find_if(m_rest, [](char c) { return c == '\\' || c == noncharacter_lead; });
      const auto plain = static_cast<std::size_t>(stop - m_rest.begin());
      m_text.append(m_rest.substr(0, plain));
      m_rest.remove_prefix(plain);
      if (m_rest.empty()) break;
      if (m_rest.front() == '\\') {
        take_escape();
      } else {
        if (begins_noncharacter(m_rest)) m_state = JsonTextState::forbidden;
        m_text.push_back(m_rest.front());
        m_rest.remove_prefix(1);
      }
    }
    return m_state;
  }

 private:
  void take_escape() {
    constexpr std::string_view letters = "\"\\/bfnrtu";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    const std::size_t known = m_rest.size() < 2 ? std::string_view::npos : letters.find(m_rest[1]);
    if (known == std::string_view::npos) return fail();
    m_rest.remove_prefix(2);
    if (known == meanings.size()) return take_unicode();
    add(static_cast<char32_t>(byte(meanings[known])));
  }

  void take_unicode() {
    const auto unit = take_unit(m_rest);
    if (!unit) return fail();
    if (!is_high_surrogate(*unit) || !m_rest.starts_with("\\u")) return add(*unit);
    std::string_view after = m_rest.substr(2);
    const auto low = take_unit(after);
    if (!low) return fail();
    if (!is_low_surrogate(*low)) return add(*unit);
    m_rest = after;
    append_utf8(m_text, first_supplementary + ((*unit - 0xD800) << 10) + (*low - 0xDC00));
  }

  void add(char32_t c) {
    if (!is_xml_character(c)) {
      m_state = JsonTextState::forbidden;
    } else {
      append_utf8(m_text, c);
    }
  }

  void fail() { m_state = JsonTextState::malformed; }

  std::string_view m_rest;
  std::string& m_text;
  JsonTextState m_state = JsonTextState::sound;
};

void append_escape(std::string& out, char c) {
  constexpr std::string_view short_forms = "\"\\\b\f\n\r\t";
  constexpr std::string_view letters = "\"\\bfnrt";
  constexpr std::string_view digits = "0123456789abcdef";
  out.push_back('\\');
  const std::size_t known = short_forms.find(c);
  if (known != std::string_view::npos) {
    out.push_back(letters[known]);
    return;
  }
  out.append("u00");
  out.push_back(digits[byte(c) >> 4]);
  out.push_back(digits[byte(c) & 0xF]);
}

bool needs_escape(char c) {
  return byte(c) < 0x20 || c == '"' || c == '\\';
}

/// The length of the character at the front, or 0 when it is not UTF-8.
std::size_t valid_character(std::string_view text) {
  const unsigned lead = byte(text.front());
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (text.size() < length) return 0;
  const auto continues = [](char c) { return (byte(c) & 0xC0U) == 0x80U; };
  if (!std::ranges::all_of(text.substr(1, length - 1), continues)) return 0;
  const unsigned second = byte(text[1]);
  const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  const bool surrogate = lead == 0xED && second > 0x9F;
  return overlong || surrogate || (lead == 0xF4 && second > 0x8F) ? 0 : length;
}

}  // namespace

bool is_plain_json_text(std::string_view raw) noexcept {
  return raw.find('\\') == std::string_view::npos && raw.find(noncharacter_lead) == std::string_view::npos;
}

JsonTextState decode_json_text(std::string_view raw, std::string& text) {
  text.clear();
  return Decoder(raw, text).run();
}

void append_json_text(std::string& out, std::string_view text) {
  out.push_back('"');
  while (!text.empty()) {
    const auto stop = std::ranges::find_if(text, needs_escape);
    const auto plain = static_cast<std::size_t>(stop - text.begin());
    out.append(text.substr(0, plain));
    text.remove_prefix(plain);
    if (text.empty()) break;
    append_escape(out, text.front());
    text.remove_prefix(1);
  }
  out.push_back('"');
}

std::size_t find_invalid_utf8(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = valid_character(text.substr(at));
    if (length == 0) return at;
    at += length;
  }
  return std::string_view::npos;
}

std::size_t find_raw_control(std::string_view object) noexcept {
  bool inside = false;
  for (std::size_t at = 0; at < object.size(); ++at) {
    if (object[at] == '"') inside = !inside;
    if (inside && byte(object[at]) < 0x20) return at;
    if (inside && object[at] == '\\') ++at;
  }
  return std::string_view::npos;
}

}  // namespace passerelle::codec
