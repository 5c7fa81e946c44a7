#include "gateway/codec/csv/csv_cell.hpp"

#include <algorithm>
#include <array>

namespace passerelle::codec {
namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::string_view blanks_and_guards = "' ";
constexpr std::size_t fewest_telephone_digits = 6;
constexpr std::size_t most_telephone_digits = 15;  // ITU-T E.164

/// Spreadsheets of some countries read these signs as = @ + -.
bool begins_full_width(std::string_view text) noexcept {
  constexpr std::array<std::string_view, 4> signs = {"\xEF\xBC\x9D", "\xEF\xBC\xA0", "\xEF\xBC\x8B",
                                                     "\xEF\xBC\x8D"};
  return std::ranges::any_of(signs, [text](std::string_view sign) { return text.starts_with(sign); });
}

bool is_number(std::string_view text) noexcept {
  return text.find_first_not_of("0123456789 .,") == std::string_view::npos &&
         digits.find(text.front()) != std::string_view::npos;
}

bool is_telephone(std::string_view text) noexcept {
  const auto count = static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return digits.find(c) != std::string_view::npos; }));
  return text.find_first_not_of("0123456789 .-()/") == std::string_view::npos &&
         count >= fewest_telephone_digits && count <= most_telephone_digits;
}

/// Of what follows the sign, which is not empty.
bool is_signed_formula(char sign, std::string_view text) noexcept {
  const bool telephone = sign == '+' && is_telephone(text);
  return !telephone && !is_number(text);
}

/// Written so that the compiler looks at many bytes at once.
bool must_quote(std::string_view cell, char separator) noexcept {
  unsigned found = 0;
  for (const char c : cell)
    found |= static_cast<unsigned>(c == separator) | static_cast<unsigned>(c == '"') |
             static_cast<unsigned>(c == '\r') | static_cast<unsigned>(c == '\n');
  return found != 0;
}

void append_quoted(std::string& out, std::string_view guard, std::string_view cell) {
  out.append("\"").append(guard);
  for (const char c : cell) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  out.push_back('"');
}

void append(std::string& out, std::string_view guard, std::string_view cell, char separator,
            Quoting quoting) {
  if (quoting == Quoting::always || must_quote(cell, separator)) return append_quoted(out, guard, cell);
  out.append(guard).append(cell);
}

}  // namespace

bool looks_like_formula(std::string_view cell) noexcept {
  const std::size_t begin = cell.find_first_not_of(blanks_and_guards);
  if (begin == std::string_view::npos) return false;
  // Blanks at the end are lost on the way: they may not change the answer.
  const std::string_view text = cell.substr(begin, cell.find_last_not_of(' ') + 1 - begin);
  switch (text.front()) {
    case '\t':
    case '\r':
    case '\n': return true;
    case '=':
    case '@': return text.size() > 1;  // alone it computes nothing, and is a word of many files
    case '+':
    case '-': return text.size() > 1 && is_signed_formula(text.front(), text.substr(1));
    default: return begins_full_width(text);
  }
}

std::string_view without_guard(std::string_view cell) noexcept {
  const bool guarded = cell.starts_with('\'') && looks_like_formula(cell);
  return guarded ? cell.substr(1) : cell;
}

void append_csv_cell(std::string& out, std::string_view value, char separator, Quoting quoting) {
  append(out, looks_like_formula(value) ? "'" : "", value, separator, quoting);
}

std::string csv_cell(std::string_view value) {
  std::string cell;
  append_csv_cell(cell, value);
  return cell;
}

void append_csv_word(std::string& out, std::string_view word, char separator, Quoting quoting) {
  append(out, "", word, separator, quoting);
}

}  // namespace passerelle::codec
