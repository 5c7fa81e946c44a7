#include "gateway/reports/figures.hpp"

#include <array>
#include <fmt/format.h>

#include "gateway/reports/happening.hpp"

namespace passerelle::reports {
namespace {

using model::Bands;
using model::CountedFact;
using model::Fact;

constexpr auto indicator_names = std::to_array<std::string_view>(
    {"stock_before", "entered", "left", "stock", "filings", "renewals", "reactivations", "radiations",
     "radiations_undone", "attributions", "delay_months"});
constexpr auto by_names = std::to_array<std::string_view>(
    {"total", "commune", "typologie", "age", "household", "resources", "housing", "motive"});

/// Whether an indicator has tables beside its total.
bool is_told_apart(Indicator indicator) {
  return indicator == Indicator::stock || indicator == Indicator::filings ||
         indicator == Indicator::attributions;
}

/// What a fact of the year counts for, by its kind and motive.
void count_event(Figures& figures, const Fact& fact, std::int64_t count) {
  if (fact.kind == filing_kind) figures.count(Indicator::filings, fact.bands, count);
  if (fact.kind == renewal_kind) figures.count(Indicator::renewals, fact.bands, count);
  if (fact.kind == reactivation_kind) figures.count(Indicator::reactivations, fact.bands, count);
  if (!fact.motive) return;
  const bool undone = fact.kind == undone_kind;
  figures.count_motive(undone ? Indicator::radiations_undone : Indicator::radiations, *fact.motive, count);
  if (!fact.delay) return;
  figures.count(Indicator::attributions, fact.bands, count);
  figures.count(Indicator::delay_months, fact.bands, count * *fact.delay);
}

void count_motion(Figures& figures, const Fact& fact, std::int64_t count) {
  if (fact.motion == 0 || fact.kind == bands_changed) return;
  figures.count(fact.motion > 0 ? Indicator::entered : Indicator::left, fact.bands, count);
}

}  // namespace

std::string_view name_of(Indicator indicator) noexcept {
  return indicator_names[static_cast<std::size_t>(indicator)];
}

std::string_view name_of(By by) noexcept {
  return by_names[static_cast<std::size_t>(by)];
}

void Figures::add(Indicator indicator, By by, const std::optional<std::string>& value, std::int64_t number) {
  if (number == 0) return;
  const Cell cell{indicator, by, by == By::total ? std::string() : value.value_or(std::string(unknown))};
  const auto [place, fresh] = m_cells.try_emplace(cell, number);
  if (!fresh && (place->second += number) == 0) m_cells.erase(place);
}

void Figures::count(Indicator indicator, const Bands& bands, std::int64_t demandes) {
  add(indicator, By::total, {}, demandes);
  if (!is_told_apart(indicator) && indicator != Indicator::delay_months) return;
  add(indicator, By::commune, bands.commune, demandes);
  add(indicator, By::typologie, bands.typologie, demandes);
  if (indicator == Indicator::delay_months) return;
  add(indicator, By::age, bands.age, demandes);
  add(indicator, By::household,
      bands.household ? std::optional(fmt::format("{}", *bands.household)) : std::nullopt, demandes);
}

void Figures::count_means(Indicator indicator, const Bands& bands, std::int64_t demandes) {
  if (indicator != Indicator::stock && indicator != Indicator::attributions) return;
  add(indicator, By::resources, bands.resources, demandes);
  add(indicator, By::housing, bands.housing, demandes);
}

void Figures::count_motive(Indicator indicator, const std::string& motive, std::int64_t demandes) {
  add(indicator, By::total, {}, demandes);
  add(indicator, By::motive, motive, demandes);
}

std::int64_t Figures::at(const Cell& cell) const {
  const auto found = m_cells.find(cell);
  return found == m_cells.end() ? 0 : found->second;
}

Figures figures_of(std::span<const CountedFact> facts, std::span<const CountedFact> means) {
  Figures figures;
  for (const auto& [of_the_year, fact, count] : facts) {
    figures.count(Indicator::stock, fact.bands, count * fact.motion);
    if (!of_the_year) figures.count(Indicator::stock_before, fact.bands, count * fact.motion);
    if (!of_the_year) continue;
    count_event(figures, fact, count);
    count_motion(figures, fact, count);
  }
  for (const auto& [of_the_year, fact, count] : means) {
    figures.count_means(Indicator::stock, fact.bands, count * fact.motion);
    if (of_the_year && fact.motion < 0 && fact.motive == lease_motive)
      figures.count_means(Indicator::attributions, fact.bands, count);
  }
  return figures;
}

}  // namespace passerelle::reports
