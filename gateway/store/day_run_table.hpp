// What the runs of days did (schemas/sql/0011_life.sql), and how it is undone.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/store/life_table.hpp"

namespace passerelle::store {

/// A run of the calendar of a territory.
struct DayRun {
  std::string territory;
  model::Uuid id;
  std::chrono::sys_days day;  ///< whose beginning it is
  model::Time ran_at;
  std::string account;     ///< empty: whoever holds the keys
  bool beyond = false;     ///< a second person let it go beyond a usual day
  std::string parameters;  ///< those of that day
};

void queue_day_run(Transaction& transaction, const DayRun& run);
void queue_run_finished(Transaction& transaction, const std::string& territory, const model::Uuid& run,
                        model::Time now);
/// The last run of a territory before a day or on it; nothing when there is none.
struct PastRun {
  model::Uuid id;
  std::chrono::sys_days day;
  std::string parameters;
  bool undone;
};
[[nodiscard]] std::optional<PastRun> find_last_run(Transaction& transaction, const std::string& territory);
[[nodiscard]] std::optional<PastRun> find_run_of(Transaction& transaction, const std::string& territory,
                                                 std::chrono::sys_days day);

/// Keeps what a demande is now, before the step of this rank changes it.
void queue_day_step(Transaction& transaction, const DemandeId& demande, const model::Uuid& run, int rank,
                    const std::string& event);

/// How often each step was taken on a usual day: the mean of the days that had a run in the `days` before
/// one, rounded up; what was undone is no usual day.
[[nodiscard]] std::map<std::string, std::int64_t> usual_steps(Transaction& transaction,
                                                              const std::string& territory,
                                                              std::chrono::sys_days day, int days);

struct RunId {
  std::string territory;
  model::Uuid id;
};

/// A demande that a run changed, and what it was before the first of these steps.
struct UndoableStep {
  LivingDemande demande;  ///< as it is now
  LifeRow before;
  bool untouched = false;  ///< nothing has happened to it since
};
/// Up to `limit` demandes behind one for which the run took one of the steps `events`.
[[nodiscard]] std::vector<UndoableStep> list_undoable(Transaction& transaction, const RunId& run,
                                                      const std::vector<std::string>& events,
                                                      const model::Uuid& behind, int limit);
/// Whether the run was not undone before.
bool note_undone(Transaction& transaction, const std::string& territory, const model::Uuid& run,
                 const std::string& account, model::Time now);

}  // namespace passerelle::store
