#include "gateway/service/reports/draw_report.hpp"

#include <cassert>

#include "gateway/service/registry/refusal.hpp"
#include "gateway/service/reports/named_figures.hpp"
#include "gateway/store/fact_table.hpp"

namespace passerelle::service {
namespace {

using store::Transaction;

reports::Figures figures_from_facts(Transaction& transaction, const std::string& territory, int year) {
  const store::YearOfFacts counted = store::count_facts(transaction, territory, year);
  return reports::figures_of(counted.facts, counted.means);
}

}  // namespace

tl::expected<YearReport, model::Faults> draw_report(const Registry& registry,
                                                    const policy::Decision& decision, const LifeRules& rules,
                                                    const ReportOrder& order) {
  assert(decision.action() == policy::Action::count_demandes);
  const std::string& territory = decision.territories().front();
  const model::Time now = registry.clock.now();
  return attempt(registry, decision, [&](Transaction& transaction) {
    const reports::Figures figures = order.from == ReportSource::facts
                                         ? figures_from_facts(transaction, territory, order.year)
                                         : named_figures(registry, transaction, rules, territory, order.year);
    queue_trace(transaction, decision, territory, nullptr, now);
    const bool secret = decision.obligations().contains(policy::Obligation::secret_statistique);
    if (!order.for_everyone && !secret) return YearReport{reports::lines_for_actors(figures), false};
    const life::Day today = store::day_of(transaction, territory, now).value_or(life::Day{});
    const auto parameters = parameters_on(transaction, rules, territory, today);
    return YearReport{reports::lines_for_everyone(figures, parameters[life::Parameter::secrecy_threshold]),
                      true};
  });
}

}  // namespace passerelle::service
