#include "gateway/reports/year_report.hpp"

#include <array>
#include <fmt/format.h>
#include <set>

#include "gateway/reports/secrecy.hpp"

namespace passerelle::reports {
namespace {

constexpr std::array ratio_tables = {By::total, By::commune, By::typologie};

/// To one decimal, half up.
std::string ratio(std::int64_t over, std::int64_t under) {
  if (under == 0) return std::string(no_ratio);
  const std::int64_t tenths = (20 * over + under) / (2 * under);
  return fmt::format("{}.{}", tenths / 10, tenths % 10);
}

/// One report being written.
class Writer {
 public:
  Writer(const Figures& figures, Cells secret, bool for_actors)
      : m_figures(figures), m_secret(std::move(secret)), m_for_actors(for_actors) {}

  std::vector<Line> lines() {
    for (std::size_t rank = 0; rank < static_cast<std::size_t>(Indicator::delay_months); ++rank)
      counts(static_cast<Indicator>(rank));
    ratios("pressure", Indicator::stock, Indicator::attributions);
    ratios("delay", Indicator::delay_months, Indicator::attributions);
    return std::move(m_lines);
  }

 private:
  [[nodiscard]] bool is_left_out(const Cell& cell) const {
    return !m_for_actors && is_for_actors_alone(cell);
  }

  void add(std::string_view indicator, const Cell& cell, std::string figure) {
    m_lines.push_back({std::string(indicator), std::string(name_of(cell.by)), cell.value, std::move(figure)});
  }

  /// The total, though it be 0, then each cell.
  void counts(Indicator indicator) {
    const Cell total{indicator, By::total, {}};
    if (!is_left_out(total)) add(name_of(indicator), total, figure(total));
    for (const auto& [cell, count] : m_figures.cells()) {
      if (cell.indicator != indicator || cell.by == By::total || is_left_out(cell)) continue;
      add(name_of(indicator), cell, figure(cell));
    }
  }

  [[nodiscard]] std::string figure(const Cell& cell) const {
    if (m_secret.contains(cell)) return std::string(secret_figure);
    return fmt::format("{}", m_figures.at(cell));
  }

  /// For every value by which somebody waits or was housed.
  void ratios(std::string_view name, Indicator over, Indicator under) {
    for (const By by : ratio_tables) {
      for (const std::string& value : values_of(by)) {
        const Cell above{over, by, value};
        const Cell below{under, by, value};
        const bool secret = m_secret.contains(above) || m_secret.contains(below);
        add(name, below,
            secret ? std::string(secret_figure) : ratio(m_figures.at(above), m_figures.at(below)));
      }
    }
  }

  [[nodiscard]] std::set<std::string> values_of(By by) const {
    if (by == By::total) return {""};
    std::set<std::string> values;
    for (const auto& [cell, count] : m_figures.cells()) {
      const bool counts = cell.indicator == Indicator::stock || cell.indicator == Indicator::attributions;
      if (cell.by == by && counts) values.insert(cell.value);
    }
    return values;
  }

  const Figures& m_figures;
  Cells m_secret;
  bool m_for_actors;
  std::vector<Line> m_lines;
};

}  // namespace

std::vector<Line> lines_for_actors(const Figures& figures) {
  return Writer(figures, {}, true).lines();
}

std::vector<Line> lines_for_everyone(const Figures& figures, std::int64_t threshold) {
  return Writer(figures, secret_cells(figures, threshold), false).lines();
}

}  // namespace passerelle::reports
