#include "gateway/store/review_table.hpp"

#include <fmt/format.h>

namespace passerelle::store {
namespace {

// INVARIANT: `waits_again` of the pair that is there, computed on its row: two that queue one pair wait for
// each other.
constexpr Statement insert_review = {
    "insert_review",
    "INSERT INTO review AS r (territory, review_id, demande_id, other_id, reason, opened_at, log_odds, "
    "levels, model, "
    "compared) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) "
    "ON CONFLICT (territory, least(demande_id, other_id), greatest(demande_id, other_id)) DO UPDATE SET "
    "reason = excluded.reason, log_odds = excluded.log_odds, levels = excluded.levels, model = "
    "excluded.model, "
    "compared = excluded.compared, closed_at = NULL, "
    "opened_at = CASE WHEN r.closed_at IS NULL THEN r.opened_at ELSE excluded.opened_at END, "
    "due_at = CASE WHEN r.compared IS NOT DISTINCT FROM excluded.compared THEN r.due_at END "
    "WHERE r.closed_at IS NULL OR (r.compared IS DISTINCT FROM excluded.compared AND NOT EXISTS (SELECT FROM "
    "merge m "
    "WHERE m.territory = $1 AND m.other_id IN (r.demande_id, r.other_id) "
    "AND m.kept_id IN (r.demande_id, r.other_id)))"};

}  // namespace

void queue_review(Transaction& transaction, const DemandeId& demande, const model::Uuid& other,
                  const Doubt& doubt, model::Time now) {
  std::optional<std::string> log_odds;
  if (doubt.log_odds) log_odds = fmt::format("{:.4f}", *doubt.log_odds);
  std::optional<std::string> model;
  if (!doubt.model.empty()) model = doubt.model;
  transaction.queue(insert_review,
                    Parameters(demande.territory, make_uuid(now), demande.id, other, doubt.reason, now,
                               log_odds, doubt.levels, model, doubt.compared));
}

}  // namespace passerelle::store
