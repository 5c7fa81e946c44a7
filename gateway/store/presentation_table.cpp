#include "gateway/store/presentation_table.hpp"

namespace passerelle::store {
namespace {

// As in candidate_table.cpp: each row is looked up by values known before, behind a limit that no planner
// turns round.
constexpr Statement sharing = {
    "find_sharing",
    "SELECT p.presentation_id, p.demande_id, coalesce((SELECT alive_id FROM merge WHERE territory = $1 "
    "AND other_id = p.demande_id), p.demande_id), p.holder, p.mac, p.sealed, k.generation, k.wrapped "
    "FROM (SELECT DISTINCT f.presentation_id FROM unnest($2::bigint[]) AS wanted (key), "
    "LATERAL (SELECT presentation_id FROM blocking_key WHERE territory = $1 AND key = wanted.key "
    "LIMIT $3) AS f) AS found, "
    "LATERAL (SELECT * FROM presentation WHERE territory = $1 AND presentation_id = found.presentation_id "
    "LIMIT 1) AS p, "
    "LATERAL (SELECT generation, wrapped FROM demande_key WHERE territory = $1 "
    "AND demande_id = p.demande_id LIMIT 1) AS k ORDER BY p.presentation_id"};
constexpr Statement presentations_of = {
    "list_presentations",
    "SELECT p.presentation_id, p.demande_id, coalesce((SELECT alive_id FROM merge WHERE territory = $1 "
    "AND other_id = $2), $2), p.holder, p.mac, p.sealed, k.generation, k.wrapped "
    "FROM presentation p, LATERAL (SELECT generation, wrapped FROM demande_key WHERE territory = $1 "
    "AND demande_id = $2 LIMIT 1) AS k WHERE p.territory = $1 AND p.demande_id = $2 "
    "ORDER BY p.presentation_id"};
constexpr Statement presentations_behind = {
    "list_presentations_behind",
    "SELECT p.presentation_id, p.demande_id, a.alive_id, p.holder, p.mac, p.sealed, k.generation, k.wrapped "
    "FROM (SELECT * FROM presentation WHERE territory = $1 AND presentation_id > $2 "
    "ORDER BY presentation_id LIMIT $3) AS p, "
    "LATERAL (SELECT coalesce((SELECT alive_id FROM merge WHERE territory = $1 "
    "AND other_id = p.demande_id), p.demande_id) AS alive_id) AS a, "
    "LATERAL (SELECT generation, wrapped FROM demande_key WHERE territory = $1 "
    "AND demande_id = p.demande_id LIMIT 1) AS k ORDER BY p.presentation_id"};
constexpr Statement drop_keys = {
    "drop_blocking_keys",
    "DELETE FROM blocking_key b USING (SELECT unnest(keys) AS key FROM presentation WHERE territory = $1 "
    "AND presentation_id = $2) AS p "
    "WHERE b.territory = $1 AND b.key = p.key AND b.presentation_id = $2"};
constexpr Statement change_keys = {
    "change_blocking_keys",
    "UPDATE presentation SET keys = $3 WHERE territory = $1 AND presentation_id = $2"};
constexpr Statement insert_presentation = {
    "insert_presentation", "INSERT INTO presentation VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr Statement insert_keys = {
    "insert_blocking_keys", "INSERT INTO blocking_key SELECT $1, k, $2 FROM unnest($3::bigint[]) AS k"};
constexpr Statement forget_keys = {
    "forget_blocking_keys",
    "DELETE FROM blocking_key b USING (SELECT presentation_id, unnest(keys) AS key FROM presentation "
    "WHERE territory = $1 AND demande_id = $2) AS p "
    "WHERE b.territory = $1 AND b.key = p.key AND b.presentation_id = p.presentation_id"};
constexpr Statement forget_presentations = {
    "forget_presentations", "DELETE FROM presentation WHERE territory = $1 AND demande_id = $2"};
constexpr Statement rules_of = {"find_blocking_rules",
                                "SELECT fingerprint FROM blocking_rules WHERE territory = $1"};
constexpr Statement new_rules = {
    "note_blocking_rules",
    "INSERT INTO blocking_rules VALUES ($1, $2, $3) ON CONFLICT (territory) "
    "DO UPDATE SET fingerprint = excluded.fingerprint, made_at = excluded.made_at"};

}  // namespace

void queue_sharing(Transaction& transaction, const std::string& territory,
                   const std::vector<std::int64_t>& keys) {
  transaction.queue(sharing, Parameters(territory, keys, most_of_one_key));
}

void queue_presentations(Transaction& transaction, const DemandeId& demande) {
  transaction.queue(presentations_of, Parameters(demande.territory, demande.id));
}

std::vector<FoundPresentation> read_presentations(const Result& answer) {
  std::vector<FoundPresentation> found;
  found.reserve(static_cast<std::size_t>(answer.rows()));
  for (int row = 0; row < answer.rows(); ++row) {
    found.push_back({answer.uuid(row, 0), answer.uuid(row, 1), answer.uuid(row, 2),
                     static_cast<int>(answer.number(row, 3)), copy_of(answer.octets(row, 4)),
                     copy_of(answer.octets(row, 5)), sealed_in(answer, row, 6)});
  }
  return found;
}

void queue_presentation(Transaction& transaction, const DemandeId& demande,
                        const NewPresentation& presentation, model::Time now) {
  transaction.queue(insert_presentation,
                    Parameters(demande.territory, presentation.id, demande.id, presentation.holder, now,
                               presentation.mac, presentation.keys, presentation.sealed));
  transaction.queue(insert_keys, Parameters(demande.territory, presentation.id, presentation.keys));
}

std::vector<FoundPresentation> list_presentations(Transaction& transaction, const std::string& territory,
                                                  const model::Uuid& behind, int limit) {
  return read_presentations(transaction.execute(presentations_behind, Parameters(territory, behind, limit)));
}

void queue_new_keys(Transaction& transaction, const std::string& territory, const model::Uuid& presentation,
                    const std::vector<std::int64_t>& keys) {
  transaction.queue(drop_keys, Parameters(territory, presentation));
  transaction.queue(change_keys, Parameters(territory, presentation, keys));
  transaction.queue(insert_keys, Parameters(territory, presentation, keys));
}

void queue_forgotten_presentations(Transaction& transaction, const DemandeId& demande) {
  transaction.queue(forget_keys, Parameters(demande.territory, demande.id));
  transaction.queue(forget_presentations, Parameters(demande.territory, demande.id));
}

void queue_rules(Transaction& transaction, const std::string& territory) {
  transaction.queue(rules_of, Parameters(territory));
}

std::optional<std::int64_t> read_rules(const Result& answer) {
  if (answer.empty()) return std::nullopt;
  return answer.number(0, 0);
}

void queue_new_rules(Transaction& transaction, const std::string& territory, std::int64_t fingerprint,
                     model::Time now) {
  transaction.queue(new_rules, Parameters(territory, fingerprint, now));
}

}  // namespace passerelle::store
