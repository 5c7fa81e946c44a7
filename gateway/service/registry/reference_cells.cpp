#include "gateway/service/registry/reference_cells.hpp"

#include <algorithm>

#include "gateway/model/ascii.hpp"
#include "gateway/model/date.hpp"

namespace passerelle::service {
namespace {

constexpr std::size_t longest_identifier = 63;

bool is_letter_or_digit(char one) {
  return (one >= 'a' && one <= 'z') || (one >= '0' && one <= '9');
}

}  // namespace

bool is_identifier(std::string_view text) {
  return !text.empty() && text.size() <= longest_identifier && is_letter_or_digit(text.front()) &&
         std::ranges::all_of(text, [](char one) {
           return is_letter_or_digit(one) || one == '.' || one == '_' || one == '-';
         });
}

namespace cells {

std::optional<std::string> territory_code(std::string_view text) {
  if (text.size() != 3 || !model::all_digits(text)) return std::nullopt;
  return std::string(text);
}

std::optional<std::string> day(std::string_view text) {
  if (!model::is_calendar_date(text)) return std::nullopt;
  return std::string(text);
}

std::optional<std::string> not_empty(std::string_view text) {
  if (text.empty()) return std::nullopt;
  return std::string(text);
}

std::optional<std::string> identifier(std::string_view text) {
  if (!is_identifier(text)) return std::nullopt;
  return std::string(text);
}

std::optional<std::string> one_of(std::string_view text, std::span<const std::string_view> taken) {
  if (std::ranges::find(taken, text) == taken.end()) return std::nullopt;
  return std::string(text);
}

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    if (end > begin) words.emplace_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

std::optional<Optional<std::string>> optional_day(std::string_view text) {
  if (text.empty()) return Optional<std::string>{};
  if (!model::is_calendar_date(text)) return std::nullopt;
  return Optional<std::string>{std::string(text)};
}

std::optional<Optional<int>> optional_count(std::string_view text) {
  if (text.empty()) return Optional<int>{};
  if (!model::all_digits(text) || text.size() > 4 || model::number_of(text) == 0) return std::nullopt;
  return Optional<int>{model::number_of(text)};
}

std::optional<store::Span> span_of(const mapping::TableRows& rows, std::size_t row,
                                   mapping::TableFaults& faults) {
  const auto since = rows.parsed(row, "depuis", day, faults);
  const auto until = rows.parsed(row, "jusqua", optional_day, faults);
  const auto act = rows.parsed(row, "acte", not_empty, faults);
  if (!since || !until || !act) return std::nullopt;
  if (until->value && *until->value <= *since) {
    faults.push_back(rows.fault(row, std::string(ends_before_it_begins)));
    return std::nullopt;
  }
  return store::Span{*since, until->value, *act};
}

}  // namespace cells
}  // namespace passerelle::service
