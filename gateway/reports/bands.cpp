#include "gateway/reports/bands.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string_view>
#include <utility>

#include "gateway/model/ascii.hpp"

namespace passerelle::reports {
namespace {

using model::Bands;
using model::Date;

constexpr int largest_household = 6;
constexpr int first_tenths = 10;
constexpr int adult_tenths = 5;
constexpr int child_tenths = 3;
constexpr int adult_age = 14;
constexpr char separator = '|';
constexpr std::size_t band_count = 6;

/// From a number on.
struct Step {
  std::int64_t from;
  std::string_view name;
};
constexpr std::array ages = {Step{75, "75+"}, Step{60, "60-74"}, Step{45, "45-59"}, Step{30, "30-44"},
                             Step{15, "15-29"}};
/// Cents a month; names of one width stand in the order of their amounts.
constexpr std::array resources = {Step{2000'00, "2000+"}, Step{1500'00, "1500-1999"},
                                  Step{1000'00, "1000-1499"}, Step{500'00, "0500-0999"},
                                  Step{0, "0000-0499"}};

template <std::size_t size>
std::optional<std::string> band(const std::array<Step, size>& steps, std::int64_t number) {
  const auto* const found =
      std::ranges::find_if(steps, [&](const Step& step) { return number >= step.from; });
  if (found == steps.end()) return std::nullopt;
  return std::string(found->name);
}

int age_on(const Date& born, const Date& on) {
  const bool before_birthday = std::pair(on.month(), on.day()) < std::pair(born.month(), born.day());
  return on.year() - born.year() - (before_birthday ? 1 : 0);
}

std::optional<std::string> said(const std::string& code) {
  if (code.empty()) return std::nullopt;
  return code;
}

}  // namespace

int consumption_tenths(const Profile& profile, const Date& on) {
  int tenths = first_tenths;
  for (const auto& born : profile.others)
    tenths += born && age_on(*born, on) < adult_age ? child_tenths : adult_tenths;
  return tenths;
}

Bands bands_of(const Profile& profile, const Date& on) {
  Bands bands{.commune = said(profile.commune),
              .age = {},
              .household = {},
              .typologie = said(profile.typologie),
              .resources = {},
              .housing = said(profile.housing)};
  if (profile.born) bands.age = band(ages, age_on(*profile.born, on));
  if (profile.persons > 0)
    bands.household = static_cast<std::int16_t>(std::min(largest_household, profile.persons));
  if (profile.resources_cents)
    bands.resources =
        band(resources, *profile.resources_cents * first_tenths / consumption_tenths(profile, on));
  return bands;
}

std::string bands_text(const Bands& bands) {
  return fmt::format("{}|{}|{}|{}|{}|{}", bands.commune.value_or(""), bands.age.value_or(""),
                     bands.household ? fmt::format("{}", *bands.household) : "", bands.typologie.value_or(""),
                     bands.resources.value_or(""), bands.housing.value_or(""));
}

std::optional<Bands> parse_bands(std::string_view text) {
  if (std::ranges::count(text, separator) != band_count - 1) return std::nullopt;
  const auto next = [&]() -> std::optional<std::string> {
    const std::string_view cell = text.substr(0, text.find(separator));
    text.remove_prefix(std::min(cell.size() + 1, text.size()));
    return said(std::string(cell));
  };
  Bands bands;
  bands.commune = next();
  bands.age = next();
  if (const auto household = next()) {
    if (household->size() != 1 || !model::all_digits(*household)) return std::nullopt;
    bands.household = static_cast<std::int16_t>(model::number_of(*household));
  }
  bands.typologie = next();
  bands.resources = next();
  bands.housing = next();
  return bands;
}

}  // namespace passerelle::reports
