#include "gateway/reports/happening.hpp"

#include <algorithm>

#include "gateway/model/ascii.hpp"

namespace passerelle::reports {
namespace {

using model::Fact;

constexpr std::size_t month_length = 8;  // of `YYYY-MM-`
constexpr int months_a_year = 12;

Fact half_of_change(const std::string& month, const model::Bands& bands, std::int16_t motion) {
  return {.month = month, .kind = std::string(bands_changed), .bands = bands, .motion = motion};
}

}  // namespace

std::int16_t months_between(std::string_view from, std::string_view to) {
  const auto months = [](std::string_view day) {
    return model::number_of(day.substr(0, 4)) * months_a_year + model::number_of(day.substr(5, 2));
  };
  const int whole = months(to) - months(from) - (to.substr(month_length) < from.substr(month_length) ? 1 : 0);
  return static_cast<std::int16_t>(std::max(0, whole));
}

std::vector<Fact> facts_of(const Happening& happening, const Standing& before, const Standing& after) {
  const bool leaves = before.counted && !after.counted;
  Fact fact{.month = happening.day.substr(0, month_length) + "01",
            .kind = happening.kind,
            .bands = leaves ? before.bands : after.bands,
            .motive = happening.motive};
  fact.motion = static_cast<std::int16_t>(leaves ? -1 : !before.counted && after.counted ? 1 : 0);
  if (happening.motive == lease_motive && happening.kind != undone_kind)
    fact.delay = months_between(happening.deposited_on, happening.day);
  std::vector<Fact> facts = {fact};
  if (before.counted && after.counted && before.bands != after.bands) {
    facts.push_back(half_of_change(fact.month, before.bands, -1));
    facts.push_back(half_of_change(fact.month, after.bands, 1));
  }
  return facts;
}

}  // namespace passerelle::reports
