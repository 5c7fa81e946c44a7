#include "gateway/codec/leaf_type.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "gateway/model/ascii.hpp"
#include "gateway/model/date.hpp"
#include "gateway/model/instant.hpp"

namespace passerelle::codec {
namespace {

using model::all_digits;
using model::FaultCode;

constexpr std::string_view white_space = " \t\r\n";

bool is_boolean(std::string_view text) {
  return text == "true" || text == "false" || text == "1" || text == "0";
}

std::string_view without_sign(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  return text;
}

/// XSD lets a processor end somewhere from 18 digits on; this is where libxml2 ends.
constexpr std::size_t most_digits = 24;

bool is_integer(std::string_view text) {
  text = without_sign(text);
  return all_digits(text) && text.size() - std::min(text.find_first_not_of('0'), text.size()) <= most_digits;
}

bool is_decimal(std::string_view text) {
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos) return is_integer(text);
  const std::string_view whole = without_sign(text.substr(0, point));
  const std::string_view cents = text.substr(point + 1);
  const auto digits_or_none = [](std::string_view part) { return part.empty() || all_digits(part); };
  if (!digits_or_none(whole) || !digits_or_none(cents) || (whole.empty() && cents.empty())) return false;
  const std::size_t zeros = std::min(whole.find_first_not_of('0'), whole.size());
  return whole.size() - zeros + cents.size() <= most_digits;
}

bool lexically_valid(Lexical lexical, std::string_view text) {
  switch (lexical) {
    case Lexical::text: return true;
    case Lexical::boolean: return is_boolean(text);
    case Lexical::integer: return is_integer(text);
    case Lexical::decimal: return is_decimal(text);
    case Lexical::date: return model::is_calendar_date(text);
    case Lexical::date_time: return model::is_date_time(text);
  }
  return false;
}

FaultCode lexical_fault(Lexical lexical) {
  return lexical == Lexical::date || lexical == Lexical::date_time ? FaultCode::value_date
                                                                   : FaultCode::value_type;
}

/// Whether the text begins or ends with white space; most does not, and searching costs more.
bool is_padded(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  return text.empty() || blank(text.front()) || blank(text.back());
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool length_allowed(const LeafType& type, std::string_view text) {
  if (type.min_length == 0 && (!type.max_length || text.size() <= *type.max_length)) return true;
  const std::size_t length = count_characters(text);
  return length >= type.min_length && (!type.max_length || length <= *type.max_length);
}

/// Compares the decimal with whole bounds; a part after the point counts only where the whole parts are
/// equal.
bool in_range(const LeafType& type, std::string_view text) {
  if (!type.minimum && !type.maximum) return true;
  const bool negative = text.starts_with('-');
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view digits = without_sign(text.substr(0, point));
  std::int64_t whole = 0;
  if (!digits.empty()) {
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), whole);
    if (error != std::errc{}) whole = std::numeric_limits<std::int64_t>::max();  // beyond any bound we hold
  }
  const bool fraction =
      point < text.size() && text.find_first_not_of('0', point + 1) != std::string_view::npos;
  if (negative) whole = -whole;
  if (type.minimum && (whole < *type.minimum || (whole == *type.minimum && negative && fraction)))
    return false;
  return !type.maximum || whole < *type.maximum || (whole == *type.maximum && (negative || !fraction));
}

}  // namespace

std::string_view significant(const LeafType& type, std::string_view value) noexcept {
  if (type.lexical == Lexical::text || !is_padded(value)) return value;
  const std::size_t first = value.find_first_not_of(white_space);
  if (first == std::string_view::npos) return {};
  return value.substr(first, value.find_last_not_of(white_space) - first + 1);
}

int leaf_fault_number(const LeafType& type, std::string_view value) {
  const auto number = [](FaultCode code) { return static_cast<int>(code); };
  const std::string_view text = significant(type, value);
  if (!lexically_valid(type.lexical, text)) return number(lexical_fault(type.lexical));
  if (!type.codes.empty() && !type.codes.contains(text)) return number(FaultCode::value_code);
  if (!length_allowed(type, text)) return number(FaultCode::value_length);
  const auto fits = [text](const Pattern& pattern) { return pattern.matches(text); };
  if (!type.patterns.empty() && std::ranges::none_of(type.patterns, fits))
    return number(FaultCode::value_pattern);
  if (!in_range(type, text)) return number(FaultCode::value_range);
  const auto fault = type.domain_check == nullptr ? std::nullopt : type.domain_check(text);
  return fault ? number(*fault) : no_leaf_fault;
}

}  // namespace passerelle::codec
