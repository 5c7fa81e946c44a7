#include "gateway/mapping/date_spelling.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "gateway/model/ascii.hpp"
#include "gateway/model/date.hpp"

namespace passerelle::mapping {
namespace {

constexpr std::array<std::string_view, 3> forms{"JJ/MM/AAAA", "AAAAMMJJ", "MM/AAAA"};
constexpr std::string_view year_mark = "AAAA";
constexpr std::string_view month_mark = "MM";
constexpr std::string_view day_mark = "JJ";

/// Whether the text has digits where the form has letters, and the same separators.
bool has_form(std::string_view form, std::string_view text) {
  return std::ranges::equal(form, text, [](char expected, char c) {
    return model::is_upper(expected) ? model::is_digit(c) : c == expected;
  });
}

using IsoDate = std::array<char, 10>;
constexpr std::size_t iso_month_size = 7;

/// The digits of the form in the order of ISO 8601, a day of 01 where the form has none.
IsoDate iso_order(std::string_view form, std::string_view text) noexcept {
  IsoDate iso{'0', '0', '0', '0', '-', '0', '0', '-', '0', '1'};
  const auto put = [&](std::string_view mark, std::size_t into) {
    const std::size_t from = form.find(mark);
    if (from != std::string_view::npos) std::ranges::copy(text.substr(from, mark.size()), iso.data() + into);
  };
  put(year_mark, 0);
  put(month_mark, 5);
  put(day_mark, 8);
  return iso;
}

/// Replaces the letters of a part by its digits; nothing to do when the form leaves the part out.
void fill(std::string& text, std::string_view mark, int number) {
  const std::size_t at = text.find(mark);
  if (at != std::string::npos) text.replace(at, mark.size(), fmt::format("{:0{}}", number, mark.size()));
}

}  // namespace

bool is_date_form(std::string_view form) noexcept {
  return std::ranges::find(forms, form) != forms.end();
}

bool is_date_written(std::string_view form, std::string_view text) noexcept {
  if (!has_form(form, text)) return false;
  const IsoDate iso = iso_order(form, text);
  return model::is_calendar_date({iso.data(), iso.size()});
}

std::optional<std::string> read_date(std::string_view form, std::string_view text) {
  if (!is_date_written(form, text)) return std::nullopt;
  const IsoDate iso = iso_order(form, text);
  const bool with_day = form.find(day_mark) != std::string_view::npos;
  return std::string(iso.data(), with_day ? iso.size() : iso_month_size);
}

std::optional<WrittenDate> write_date(std::string_view form, std::string_view pivot) {
  const auto date = model::Date::parse(pivot);
  const bool with_day = form.find(day_mark) != std::string_view::npos;
  if (!date || !date->month() || (with_day && !date->day())) return std::nullopt;
  WrittenDate written{std::string(form), !date->is_uncertain() && with_day == date->is_complete()};
  fill(written.text, year_mark, date->year());
  fill(written.text, month_mark, *date->month());
  fill(written.text, day_mark, date->day().value_or(0));
  return written;
}

}  // namespace passerelle::mapping
