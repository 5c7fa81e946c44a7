// The use case of the daily run: what the calendar has in store for every demande of a territory happens,
// seen first, bounded against a usual day, and can be undone once.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "gateway/policy/decision.hpp"
#include "gateway/service/life/life_rules.hpp"
#include "gateway/service/registry/registry.hpp"
#include "gateway/store/erasure_journal.hpp"

namespace passerelle::service {

/// How often each step of the table is, or would be, taken.
using StepCounts = std::map<std::string, std::int64_t>;

/// What a run did, or would do.
struct DayReport {
  life::Day day;
  StepCounts steps;
  StepCounts limits;                           ///< beyond which a second person must approve
  std::vector<std::string> unusual;            ///< steps that go beyond
  std::map<std::string, std::int64_t> states;  ///< how many demandes are in each, afterwards
};

/// What a run of that day would do, under the parameters that hold on it or, to see the effect of others
/// before they are decided, with these over them. Writes nothing but its trace. Refuses a day that is none.
[[nodiscard]] tl::expected<DayReport, model::Faults> preview_day(
    const Registry& registry, const policy::Decision& decision, const LifeRules& rules,
    const std::string& day, const std::map<std::string, std::string>& proposed = {});

/// Takes every step that is due by the beginning of that day, in the one territory of the decision: preavis,
/// ends of validity, radiations, ends of windows, erasures; each demande with its events and news, page after
/// page, which may be interrupted and run again. Nothing is due twice, and a day that was missed is caught up
/// by the next. Refuses a day to come or before the last run, parameters out of their bounds and, unless a
/// second person has approved (tie `seconde-personne`), a day beyond the limits: the faults then name the
/// steps. What it erases stands in the journal first.
[[nodiscard]] tl::expected<DayReport, model::Faults> run_day(const Registry& registry,
                                                             const policy::Decision& decision,
                                                             const LifeRules& rules, const std::string& day,
                                                             const store::ErasureJournal& journal);

/// What became of the demandes of a run that is undone.
struct UndoneDay {
  std::int64_t undone = 0;
  std::int64_t touched_since = 0;  ///< something else has happened to them: left to people
};

/// Takes back the radiations of the run of a day, once: each demande stands where it stood before that run,
/// but for a preavis that has left, with an event and news for partners. What was erased stays erased.
[[nodiscard]] tl::expected<UndoneDay, model::Faults> undo_day(const Registry& registry,
                                                              const policy::Decision& decision,
                                                              const LifeRules& rules, const std::string& day);

/// The kind of the event of a radiation that was taken back.
inline constexpr std::string_view undone_event = "radiation_undone";

}  // namespace passerelle::service
