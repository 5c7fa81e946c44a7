#include "gateway/store/day_run_table.hpp"

namespace passerelle::store {
namespace {

constexpr Statement insert_run = {
    "insert_day_run", "INSERT INTO day_run VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, NULL, NULL)"};
constexpr Statement finish_run = {"finish_day_run",
                                  "UPDATE day_run SET finished_at = $3 WHERE territory = $1 AND run_id = $2"};
constexpr Statement last_run = {
    "find_last_run",
    "SELECT run_id, day, parameters, undone_at IS NOT NULL FROM day_run WHERE territory = $1 "
    "ORDER BY day DESC, ran_at DESC LIMIT 1"};
// Of several runs of a day the one that did something.
constexpr Statement run_of = {"find_run_of",
                              "SELECT r.run_id, r.day, r.parameters, r.undone_at IS NOT NULL FROM day_run r "
                              "WHERE r.territory = $1 AND r.day = $2 ORDER BY EXISTS (SELECT FROM day_step s "
                              "WHERE s.territory = $1 AND s.run_id = r.run_id) DESC, r.ran_at DESC LIMIT 1"};
constexpr Statement insert_step = {
    "insert_day_step",
    "INSERT INTO day_step SELECT territory, $3, demande_id, $4, $5, state, valid_from, preavis_on, notice, "
    "notice_on, served_on, inadmissible_on, radiated_on, motive, shut FROM demande "
    "WHERE territory = $1 AND demande_id = $2"};
constexpr Statement usual = {
    "usual_steps",
    "WITH runs AS (SELECT run_id FROM day_run WHERE territory = $1 AND day >= $2::date - $3::integer "
    "AND day < $2::date AND undone_at IS NULL AND finished_at IS NOT NULL) "
    "SELECT event, ceil(count(*)::numeric / (SELECT count(*) FROM runs))::bigint FROM day_step "
    "WHERE territory = $1 AND run_id IN (SELECT run_id FROM runs) GROUP BY event"};
constexpr Statement undoable = {
    "list_undoable",
    "SELECT l.*, s.state, coalesce(s.valid_from, l.deposited_on), s.notice, s.notice_on, s.served_on, "
    "s.inadmissible_on, s.radiated_on, s.motive, s.shut, s.last = l.events FROM life l "
    "JOIN (SELECT DISTINCT ON (demande_id) *, max(rank) OVER (PARTITION BY demande_id) AS last FROM day_step "
    "WHERE territory = $1 AND run_id = $2 AND demande_id > $4 AND demande_id IN (SELECT demande_id FROM "
    "day_step WHERE territory = $1 AND run_id = $2 AND event = ANY ($3::text[])) ORDER BY demande_id, rank) "
    "AS s USING (demande_id) WHERE l.territory = $1 ORDER BY l.demande_id LIMIT $5"};
constexpr Statement mark_undone = {
    "mark_undone",
    "UPDATE day_run SET undone_at = $3, undone_by = $4 WHERE territory = $1 AND run_id = $2 "
    "AND undone_at IS NULL"};

std::optional<PastRun> run_in(const Result& found) {
  if (found.empty()) return std::nullopt;
  return PastRun{found.uuid(0, 0), found.day(0, 1), std::string(found.text(0, 2)), found.truth(0, 3)};
}

}  // namespace

void queue_day_run(Transaction& transaction, const DayRun& run) {
  transaction.queue(insert_run, Parameters(run.territory, run.id, run.day, run.ran_at, run.account,
                                           run.beyond, run.parameters));
}

void queue_run_finished(Transaction& transaction, const std::string& territory, const model::Uuid& run,
                        model::Time now) {
  transaction.queue(finish_run, Parameters(territory, run, now));
}

std::optional<PastRun> find_last_run(Transaction& transaction, const std::string& territory) {
  return run_in(transaction.execute(last_run, Parameters(territory)));
}

std::optional<PastRun> find_run_of(Transaction& transaction, const std::string& territory,
                                   std::chrono::sys_days day) {
  return run_in(transaction.execute(run_of, Parameters(territory, day)));
}

void queue_day_step(Transaction& transaction, const DemandeId& demande, const model::Uuid& run, int rank,
                    const std::string& event) {
  transaction.queue(insert_step, Parameters(demande.territory, demande.id, run, rank, event));
}

std::map<std::string, std::int64_t> usual_steps(Transaction& transaction, const std::string& territory,
                                                std::chrono::sys_days day, int days) {
  const Result found = transaction.execute(usual, Parameters(territory, day, days));
  std::map<std::string, std::int64_t> counts;
  for (int row = 0; row < found.rows(); ++row) counts.emplace(found.text(row, 0), found.number(row, 1));
  return counts;
}

std::vector<UndoableStep> list_undoable(Transaction& transaction, const RunId& run,
                                        const std::vector<std::string>& events, const model::Uuid& behind,
                                        int limit) {
  const Result found =
      transaction.execute(undoable, Parameters(run.territory, run.id, events, behind, limit));
  std::vector<UndoableStep> steps;
  for (int row = 0; row < found.rows(); ++row) {
    UndoableStep step{living_in(found, row), {}, found.truth(row, columns_of_life + 9)};
    step.before = step.demande.life;  // the preavis that has left has left
    step.before.state = found.text(row, columns_of_life);
    step.before.valid_from = found.day(row, columns_of_life + 1);
    step.before.notice = found.text_or_nothing(row, columns_of_life + 2);
    step.before.notice_on = found.day_or_nothing(row, columns_of_life + 3);
    step.before.served_on = found.day_or_nothing(row, columns_of_life + 4);
    step.before.inadmissible_on = found.day_or_nothing(row, columns_of_life + 5);
    step.before.radiated_on = found.day_or_nothing(row, columns_of_life + 6);
    step.before.motive = found.text_or_nothing(row, columns_of_life + 7);
    step.before.shut = found.truth(row, columns_of_life + 8);
    steps.push_back(std::move(step));
  }
  return steps;
}

bool note_undone(Transaction& transaction, const std::string& territory, const model::Uuid& run,
                 const std::string& account, model::Time now) {
  return transaction.execute(mark_undone, Parameters(territory, run, now, account)).affected() == 1;
}

}  // namespace passerelle::store
