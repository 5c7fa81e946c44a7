#include "gateway/store/erasure_table.hpp"

namespace passerelle::store {
namespace {

// What was merged into another left neither event nor number.
constexpr Statement erasures = {
    "list_erasures",
    "SELECT d.territory, d.demande_id, coalesce(e.recorded_at, x.erased_at, d.registered_at), "
    "coalesce(e.rank, 0), coalesce(x.act, '') FROM demande d "
    "LEFT JOIN event e ON e.territory = d.territory AND e.demande_id = d.demande_id AND e.rank = d.events "
    "AND e.kind = 'erasure' "
    "LEFT JOIN LATERAL (SELECT erased_at, act FROM erasure WHERE territory = d.territory "
    "AND demande_id = d.demande_id LIMIT 1) AS x ON true "
    "WHERE d.state = 'erased' ORDER BY d.territory, d.demande_id"};
constexpr Statement erasable = {
    "find_erasable",
    "SELECT state, version, events, (SELECT alive_id FROM merge WHERE territory = $1 AND other_id = $2) "
    "FROM demande WHERE territory = $1 AND demande_id = $2"};

constexpr Statement skip_numeros = {
    "skip_numeros",
    "INSERT INTO numero_sequence AS s SELECT territory, month::date, 1 + $2::integer FROM territory, "
    "generate_series(timestamp '2000-01-01', $1::timestamptz AT TIME ZONE 'UTC', interval '1 month') AS "
    "month "
    "ON CONFLICT (territory, month) DO UPDATE SET next = least(1000000, s.next + $2::integer)"};
constexpr Statement skip_changes = {
    "skip_changes",
    "INSERT INTO change_sequencer AS s SELECT territory, $1::bigint FROM territory "
    "ON CONFLICT (territory) DO UPDATE SET last = s.last + $1::bigint"};

}  // namespace

std::vector<JournaledErasure> list_erasures(Transaction& transaction) {
  const Result found = transaction.execute(erasures);
  std::vector<JournaledErasure> all;
  all.reserve(static_cast<std::size_t>(found.rows()));
  for (int row = 0; row < found.rows(); ++row)
    all.push_back({std::string(found.text(row, 0)), found.uuid(row, 1), found.time(row, 2),
                   static_cast<int>(found.number(row, 3)), act_digest(found.text(row, 4))});
  return all;
}

std::optional<ErasableDemande> find_erasable(Transaction& transaction, const DemandeId& demande) {
  const Result found = transaction.execute(erasable, Parameters(demande.territory, demande.id));
  if (found.empty()) return std::nullopt;
  ErasableDemande known{std::string(found.text(0, 0)), static_cast<int>(found.number(0, 1)),
                        static_cast<int>(found.number(0, 2)), std::nullopt};
  if (!found.is_null(0, 3)) known.alive = found.uuid(0, 3);
  return known;
}

void queue_lost_time(Transaction& transaction, model::Time now) {
  transaction.queue(skip_numeros, Parameters(now, skipped_numeros));
  transaction.queue(skip_changes, Parameters(skipped_changes));
}

}  // namespace passerelle::store
