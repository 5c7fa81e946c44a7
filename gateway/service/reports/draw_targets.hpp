// The use case of the targets of attribution of a year, and the anonymous fact that a lease leaves for them.
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "gateway/service/life/life_step.hpp"
#include "gateway/service/reports/draw_report.hpp"

namespace passerelle::service {

/// A lease that was signed for a demande, and what it says: one line of JSON of the pivot.
struct SignedLease {
  store::DemandeId demande;
  const model::Personal<std::string>& detail;
  life::Day day;
};
/// Leaves its fact: the quartile by the amounts of that day, where the dwelling is or, when that is not said,
/// where the first wish was. The registry knows the pivot.
void leave_lease_fact(const Registry& registry, store::Transaction& transaction, const SignedLease& lease);

/// The targets of a year of the one territory of a decision to count, with a trace, as `draw_report`: from
/// facts that outlive demandes, or from those that are there.
[[nodiscard]] tl::expected<YearReport, model::Faults> draw_targets(const Registry& registry,
                                                                   const policy::Decision& decision,
                                                                   const LifeRules& rules,
                                                                   const ReportOrder& order);

}  // namespace passerelle::service
