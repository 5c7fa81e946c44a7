#include "gateway/codec/leaf_type.hpp"

#include <algorithm>
#include <charconv>

namespace passerelle::codec {
namespace {

using model::FaultCode;

constexpr std::string_view white_space = " \t\r\n";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

bool is_boolean(std::string_view text) {
  return text == "true" || text == "false" || text == "1" || text == "0";
}

std::string_view without_sign(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  return text;
}

bool is_decimal(std::string_view text) {
  text = without_sign(text);
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos) return all_digits(text);
  const std::string_view whole = text.substr(0, point);
  const std::string_view cents = text.substr(point + 1);
  const auto digits_or_none = [](std::string_view part) { return part.empty() || all_digits(part); };
  return digits_or_none(whole) && digits_or_none(cents) && !(whole.empty() && cents.empty());
}

int two_digits(std::string_view text) {
  return (text[0] - '0') * 10 + (text[1] - '0');
}

int days_in_month(int year, int month) {
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[month - 1];
}

/// `YYYY-MM-DD` that exists in the calendar (ISO 8601); year 0000 does not (XSD 1.0).
bool is_calendar_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  if (!all_digits(text.substr(0, 4)) || !all_digits(text.substr(5, 2)) || !all_digits(text.substr(8, 2)))
    return false;
  const int year = two_digits(text) * 100 + two_digits(text.substr(2));
  const int month = two_digits(text.substr(5));
  const int day = two_digits(text.substr(8));
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= days_in_month(year, month);
}

bool is_zone(std::string_view text) {
  if (text.empty() || text == "Z") return true;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return false;
  if (!all_digits(text.substr(1, 2)) || !all_digits(text.substr(4, 2))) return false;
  const int minutes = two_digits(text.substr(1)) * 60 + two_digits(text.substr(4));
  return two_digits(text.substr(4)) < 60 && minutes <= 14 * 60;
}

/// `YYYY-MM-DDThh:mm:ss[.f...][zone]`.
bool is_date_time(std::string_view text) {
  if (text.size() < 19 || !is_calendar_date(text.substr(0, 10)) || text[10] != 'T') return false;
  const std::string_view clock = text.substr(11, 8);
  if (clock[2] != ':' || clock[5] != ':') return false;
  if (!all_digits(clock.substr(0, 2)) || !all_digits(clock.substr(3, 2)) || !all_digits(clock.substr(6, 2)))
    return false;
  if (two_digits(clock) > 23 || two_digits(clock.substr(3)) > 59 || two_digits(clock.substr(6)) > 59)
    return false;
  std::string_view rest = text.substr(19);
  if (!rest.empty() && rest.front() == '.') {
    const std::size_t end = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
    if (end == 1) return false;
    rest.remove_prefix(end);
  }
  return is_zone(rest);
}

bool lexically_valid(Lexical lexical, std::string_view text) {
  switch (lexical) {
    case Lexical::text: return true;
    case Lexical::boolean: return is_boolean(text);
    case Lexical::integer: return all_digits(without_sign(text));
    case Lexical::decimal: return is_decimal(text);
    case Lexical::date: return is_calendar_date(text);
    case Lexical::date_time: return is_date_time(text);
  }
  return false;
}

FaultCode lexical_fault(Lexical lexical) {
  return lexical == Lexical::date || lexical == Lexical::date_time ? FaultCode::value_date
                                                                   : FaultCode::value_type;
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
    if (error != std::errc{}) return false;
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
  if (type.lexical == Lexical::text) return value;
  const std::size_t first = value.find_first_not_of(white_space);
  if (first == std::string_view::npos) return {};
  return value.substr(first, value.find_last_not_of(white_space) - first + 1);
}

std::optional<FaultCode> check_leaf(const LeafType& type, std::string_view value) {
  const std::string_view text = significant(type, value);
  if (!lexically_valid(type.lexical, text)) return lexical_fault(type.lexical);
  if (!type.codes.empty() && !type.codes.contains(text)) return FaultCode::value_code;
  if (!length_allowed(type, text)) return FaultCode::value_length;
  const auto fits = [text](const Pattern& pattern) { return pattern.matches(text); };
  if (!type.patterns.empty() && std::ranges::none_of(type.patterns, fits)) return FaultCode::value_pattern;
  if (!in_range(type, text)) return FaultCode::value_range;
  return type.domain_check == nullptr ? std::nullopt : type.domain_check(text);
}

}  // namespace passerelle::codec
