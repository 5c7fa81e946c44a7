#include "gateway/server/http/fields.hpp"

#include <algorithm>

#include "gateway/model/ascii.hpp"

namespace passerelle::server::http {
namespace {

constexpr char lower(char c) noexcept {
  return model::is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr bool is_token_sign(char c) noexcept {
  return model::is_digit(c) || model::is_upper(c) || (c >= 'a' && c <= 'z') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

constexpr bool is_value_sign(char c) noexcept {
  return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F);
}

std::string_view trimmed(std::string_view text) noexcept {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool list_holds(std::string_view list, std::string_view word) noexcept {
  while (true) {
    const std::size_t comma = list.find(',');
    if (same_but_case(trimmed(list.substr(0, comma)), word)) return true;
    if (comma == std::string_view::npos) return false;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace

bool same_but_case(std::string_view one, std::string_view other) noexcept {
  return std::ranges::equal(one, other, [](char a, char b) { return lower(a) == lower(b); });
}

std::size_t count_of(const Fields& fields, std::string_view name) noexcept {
  return static_cast<std::size_t>(
      std::ranges::count_if(fields, [name](const Field& field) { return same_but_case(field.name, name); }));
}

std::string_view value_of(const Fields& fields, std::string_view name) noexcept {
  for (const Field& field : fields) {
    if (same_but_case(field.name, name)) return field.value;
  }
  return {};
}

bool lists(const Fields& fields, std::string_view name, std::string_view word) noexcept {
  return std::ranges::any_of(fields, [name, word](const Field& field) {
    return same_but_case(field.name, name) && list_holds(field.value, word);
  });
}

bool is_token(std::string_view text) noexcept {
  return !text.empty() && std::ranges::all_of(text, is_token_sign);
}

bool is_field_value(std::string_view text) noexcept {
  return std::ranges::all_of(text, is_value_sign);
}

}  // namespace passerelle::server::http
