#include "gateway/reports/secrecy.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace passerelle::reports {
namespace {

struct Sized {
  std::int64_t count;
  Cell cell;
};

/// The cells of one table, the smallest first.
std::vector<Sized> table_of(const Figures& figures, Indicator indicator, By by) {
  std::vector<Sized> cells;
  for (const auto& [cell, count] : figures.cells()) {
    if (cell.indicator == indicator && cell.by == by) cells.push_back({count, cell});
  }
  std::ranges::stable_sort(cells, {}, &Sized::count);
  return cells;
}

/// Hides what must be hidden of one table.
void hide(const Figures& figures, Indicator indicator, By by, std::int64_t threshold, Cells& secret) {
  const auto cells = table_of(figures, indicator, by);
  const Cell total{indicator, By::total, {}};
  const bool total_is_told = !is_for_actors_alone(total) && figures.at(total) >= threshold;
  std::int64_t hidden = 0;
  std::int64_t sum = 0;
  for (const auto& [count, cell] : cells) {
    const bool small = count < threshold;
    const bool covers = total_is_told && hidden > 0 && (hidden < 2 || sum < threshold);
    if (!small && !covers) break;
    secret.insert(cell);
    ++hidden;
    sum += count;
  }
}

}  // namespace

bool is_for_actors_alone(const Cell& cell) noexcept {
  switch (cell.indicator) {
    case Indicator::stock_before:
    case Indicator::entered:
    case Indicator::left: return true;
    case Indicator::radiations:
    case Indicator::radiations_undone: return cell.by == By::total;
    case Indicator::delay_months: return true;  // told as a mean
    case Indicator::stock:
    case Indicator::filings:
    case Indicator::renewals:
    case Indicator::reactivations:
    case Indicator::attributions: return false;
  }
  return true;
}

Cells secret_cells(const Figures& figures, std::int64_t threshold) {
  Cells secret;
  std::set<std::pair<Indicator, By>> tables;
  for (const auto& [cell, count] : figures.cells()) {
    if (cell.indicator != Indicator::delay_months) tables.emplace(cell.indicator, cell.by);
  }
  for (const auto& [indicator, by] : tables) hide(figures, indicator, by, threshold, secret);
  return secret;
}

}  // namespace passerelle::reports
