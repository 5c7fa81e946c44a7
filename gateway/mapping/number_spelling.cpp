#include "gateway/mapping/number_spelling.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "gateway/model/ascii.hpp"
#include "gateway/model/montant.hpp"

namespace passerelle::mapping {
namespace {

constexpr std::size_t cents_digits = 2;

std::string_view without_leading_zeros(std::string_view digits) {
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size() - 1));
  return digits;
}

WrittenNumber padded(std::size_t width, std::string_view digits) {
  if (digits.size() > width) return {.text = {}, .fits = false};
  return {.text = fmt::format("{:0>{}}", digits, width)};
}

}  // namespace

std::optional<std::string> read_decimal(char mark, std::string_view text) {
  if (text.empty() || text.find('.') != std::string_view::npos) return std::nullopt;
  std::string decimal(text);
  std::ranges::replace(decimal, mark, '.');
  return decimal;
}

WrittenNumber write_decimal(char mark, std::size_t decimals, std::string_view pivot) {
  std::string text(pivot);
  std::size_t point = std::min(text.find('.'), text.size());
  if (decimals > 0) {
    if (point == text.size()) text += '.';
    const std::size_t written = text.size() - point - 1;
    if (written > decimals) return {.text = {}, .fits = false};
    text.append(decimals - written, '0');
  }
  if (point < text.size()) text[point] = mark;
  return {.text = std::move(text)};
}

std::optional<std::string> read_cents(std::size_t width, std::string_view text) {
  if (text.size() != width || width <= cents_digits || !model::all_digits(text)) return std::nullopt;
  const std::string_view whole = without_leading_zeros(text.substr(0, width - cents_digits));
  const std::string_view cents = text.substr(width - cents_digits);
  return cents == "00" ? std::string(whole) : fmt::format("{}.{}", whole, cents);
}

std::optional<WrittenNumber> write_cents(std::size_t width, std::string_view pivot) {
  const auto amount = model::Montant::parse(pivot);
  if (!amount) return std::nullopt;
  return padded(width, fmt::format("{}", amount->cents()));
}

std::optional<std::string_view> read_number(std::size_t width, std::string_view text) {
  if (text.size() != width || !model::all_digits(text)) return std::nullopt;
  return without_leading_zeros(text);
}

std::optional<WrittenNumber> write_number(std::size_t width, std::string_view pivot) {
  if (!model::all_digits(pivot)) return std::nullopt;
  return padded(width, without_leading_zeros(pivot));
}

}  // namespace passerelle::mapping
