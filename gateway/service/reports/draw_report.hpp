// The use case of the report of a year, for those who act in the file or for everyone.
#pragma once

#include <cstdint>
#include <tl/expected.hpp>
#include <vector>

#include "gateway/policy/decision.hpp"
#include "gateway/reports/year_report.hpp"
#include "gateway/service/life/life_rules.hpp"
#include "gateway/service/registry/registry.hpp"

namespace passerelle::service {

/// What a report is computed from.
enum class ReportSource : std::uint8_t {
  facts,  ///< what events left: the erased count too
  named,  ///< the demandes that are still there, to hold the former against
};

struct ReportOrder {
  int year = 0;  ///< four digits
  ReportSource from = ReportSource::facts;
  bool for_everyone = false;
};

struct YearReport {
  std::vector<reports::Line> lines;
  bool for_everyone;  ///< small cells and their complements are hidden; otherwise it is confidential
};

/// Of the one territory of the decision, which is to count its demandes; leaves a trace. Whoever must keep
/// the statistical secret (`secret-statistique`) gets the report for everyone. Refuses parameters of the
/// territory that are out of their bounds.
[[nodiscard]] tl::expected<YearReport, model::Faults> draw_report(const Registry& registry,
                                                                  const policy::Decision& decision,
                                                                  const LifeRules& rules,
                                                                  const ReportOrder& order);

}  // namespace passerelle::service
