#include "gateway/linking/normalise/date.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace passerelle::linking {
namespace {

struct Number {
  std::uint32_t value = 0;
  std::size_t digits = 0;
};

struct Numbers {
  std::array<Number, 3> part{};
  std::size_t count = 0;
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// The first three runs of digits.
Numbers numbers_in(std::string_view text) {
  Numbers numbers;
  for (std::size_t at = 0; at < text.size() && numbers.count < 3;) {
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    Number& number = numbers.part[numbers.count++];
    for (; at < text.size() && is_digit(text[at]) && number.digits < 8; ++at, ++number.digits) {
      number.value = number.value * 10 + static_cast<std::uint32_t>(text[at] - '0');
    }
  }
  return numbers;
}

PartialDate assemble(std::uint32_t year, std::uint32_t month, std::uint32_t day) {
  if (month > 12 && day <= 12) std::swap(month, day);
  if (month > 12) month = 0;
  if (day > 31) day = 0;
  return {static_cast<std::uint16_t>(year), static_cast<std::uint8_t>(month), static_cast<std::uint8_t>(day)};
}

std::uint32_t full_year(Number number) {
  if (number.digits > 2) return number.value;
  return number.value + (number.value >= 30 ? 1900U : 2000U);
}

/// Eight digits: YYYYMMDD, or DDMMYYYY when that cannot be.
PartialDate read_compact(std::uint32_t value) {
  const std::uint32_t year = value / 10000;
  const bool year_first = year >= 1200 && year < 2200 && std::min(value / 100 % 100, value % 100) <= 12;
  if (year_first) return assemble(year, value / 100 % 100, value % 100);
  return assemble(value % 10000, value / 10000 % 100, value / 1000000);
}

std::optional<PartialDate> checked(PartialDate date) {
  if (date.year == 0 || date.year > 9999) return std::nullopt;
  return date;
}

std::optional<PartialDate> read_one(Number number) {
  if (number.digits == 8) return checked(read_compact(number.value));
  if (number.digits == 6) return checked(assemble(number.value / 100, number.value % 100, 0));
  if (number.digits == 4) return checked(assemble(number.value, 0, 0));
  return std::nullopt;
}

}  // namespace

PartialDate PartialDate::unpack(std::uint32_t packed) noexcept {
  return {static_cast<std::uint16_t>(packed / 10000), static_cast<std::uint8_t>(packed / 100 % 100),
          static_cast<std::uint8_t>(packed % 100)};
}

std::optional<PartialDate> read_date(std::string_view text) {
  const Numbers numbers = numbers_in(text);
  const auto& part = numbers.part;
  if (numbers.count == 1 || part[0].digits == 8) return read_one(part[0]);
  if (numbers.count == 2) {
    if (part[0].digits > 2) return checked(assemble(part[0].value, part[1].value, 0));
    return part[1].digits > 2 ? checked(assemble(part[1].value, part[0].value, 0)) : std::nullopt;
  }
  if (numbers.count < 3) return std::nullopt;
  if (part[0].digits > 2) return checked(assemble(part[0].value, part[1].value, part[2].value));
  return checked(assemble(full_year(part[2]), part[1].value, part[0].value));
}

bool is_uncertain(PartialDate date) noexcept {
  return date.day == 0 || date.month == 0 || (date.day == 1 && date.month == 1) ||
         (date.day == 31 && date.month == 12);
}

}  // namespace passerelle::linking
