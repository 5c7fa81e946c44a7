#include "gateway/store/alias_table.hpp"

namespace passerelle::store {
namespace {

constexpr Statement numbered = {
    "find_numbered",
    "SELECT d.demande_id, (SELECT coalesce(owner_id, demande_id) FROM numero WHERE territory = $1 "
    "AND numero = $2), p.numero, p.reason, d.state, d.guichet, d.deposited_on::text, d.version, d.events, "
    "k.generation, "
    "k.wrapped FROM demande d "
    "JOIN numero p ON p.territory = $1 AND p.demande_id = d.demande_id AND p.present "
    "JOIN demande_key k ON k.territory = $1 AND k.demande_id = d.demande_id "
    "WHERE d.territory = $1 AND d.demande_id = "
    "(SELECT demande_id FROM numero WHERE territory = $1 AND numero = $2)"};
constexpr Statement close_present = {
    "close_present_numero",
    "UPDATE numero SET present = false, validity = tstzrange(lower(validity), greatest($3, lower(validity))) "
    "WHERE territory = $1 AND demande_id = $2 AND present"};
constexpr Statement insert_renumbered = {
    "insert_renumbered",
    "INSERT INTO numero VALUES ($1, $2, $3, 1, true, 'renumbering', tstzrange($4, NULL), NULL)"};
constexpr Statement open_again = {
    "open_numero_again",
    "UPDATE numero SET present = true, reason = 'renumbering', validity = tstzrange($3, NULL) "
    "WHERE territory = $1 AND numero = $2"};

constexpr Statement insert_merge = {"insert_merge", "INSERT INTO merge VALUES ($1, $2, $3, $3, $4, $5, $6)"};
constexpr Statement lead_further = {"lead_merges_further",
                                    "UPDATE merge SET alive_id = $3 WHERE territory = $1 AND alive_id = $2"};
constexpr Statement mark_merged = {
    "mark_merged", "UPDATE demande SET state = 'merged' WHERE territory = $1 AND demande_id = $2"};
// The one that was present is marked: it is again after a split.
constexpr Statement move_numeros = {
    "move_numeros",
    "UPDATE numero SET demande_id = $3, owner_id = coalesce(owner_id, demande_id), present = false, "
    "reason = CASE WHEN present THEN 'merge' ELSE reason END, validity = CASE WHEN present "
    "THEN tstzrange(lower(validity), greatest($4, lower(validity))) ELSE validity END "
    "WHERE territory = $1 AND demande_id = $2"};
constexpr Statement merged_into = {
    "list_merged", "SELECT other_id, kept_id FROM merge WHERE territory = $1 AND alive_id = $2"};
// No index leads from the kept one to those merged into it, but from where all of them lead.
constexpr Statement direct_merges = {
    "list_direct_merges",
    "SELECT other_id FROM merge WHERE territory = $1 AND kept_id = $2 AND alive_id = coalesce((SELECT "
    "alive_id "
    "FROM merge WHERE territory = $1 AND other_id = $2), $2) "
    "UNION ALL SELECT kept_id FROM merge WHERE territory = $1 AND other_id = $2"};
constexpr Statement merged_state = {
    "find_merged",
    "SELECT d.version, d.events, (SELECT state FROM merge WHERE territory = $1 "
    "AND other_id = $2), k.generation, k.wrapped FROM demande d "
    "JOIN demande_key k ON k.territory = $1 AND k.demande_id = $2 WHERE "
    "d.territory = $1 AND d.demande_id = $2"};

constexpr Statement give_numeros_back = {
    "give_numeros_back",
    "UPDATE numero SET demande_id = $3, owner_id = nullif(owner_id, $3), "
    "present = owner_id = $3 AND reason = 'merge', "
    "validity = CASE WHEN owner_id = $3 AND reason = 'merge' THEN tstzrange($5, NULL) ELSE validity END, "
    "reason = CASE WHEN owner_id = $3 AND reason = 'merge' THEN 'split' ELSE reason END "
    "WHERE territory = $1 AND demande_id = $2 AND owner_id = $4"};
constexpr Statement lead_back = {"lead_merge_back",
                                 "UPDATE merge SET alive_id = $3 WHERE territory = $1 AND other_id = $2"};
constexpr Statement restore_state = {
    "restore_state",
    "UPDATE demande SET state = (SELECT state FROM merge WHERE territory = $1 AND other_id = $2) "
    "WHERE territory = $1 AND demande_id = $2"};
constexpr Statement delete_merge = {"delete_merge",
                                    "DELETE FROM merge WHERE territory = $1 AND other_id = $2"};

constexpr Statement earliest_deposit = {
    "seniority",
    "SELECT least(deposited_on, (SELECT min(o.deposited_on) FROM demande o WHERE o.territory = $1 AND "
    "o.demande_id = ANY (ARRAY(SELECT other_id FROM merge WHERE territory = $1 AND alive_id = $2))))::text "
    "FROM demande WHERE territory = $1 AND demande_id = $2"};

std::string text_in(const Result& answer, int column) {
  return std::string(answer.text(0, column));
}

}  // namespace

std::optional<NumberedDemande> find_numbered(Transaction& transaction, const std::string& territory,
                                             const std::string& numero) {
  const Result found = transaction.execute(numbered, Parameters(territory, numero));
  if (found.empty()) return std::nullopt;
  return NumberedDemande{.id = found.uuid(0, 0),
                         .owner = found.uuid(0, 1),
                         .numero = text_in(found, 2),
                         .numero_reason = text_in(found, 3),
                         .state = text_in(found, 4),
                         .guichet = text_in(found, 5),
                         .deposited_on = text_in(found, 6),
                         .version = static_cast<int>(found.number(0, 7)),
                         .events = static_cast<int>(found.number(0, 8)),
                         .key = sealed_in(found, 0, 9)};
}

void queue_renumbering(Transaction& transaction, const DemandeId& demande, const std::string& numero,
                       model::Time now) {
  transaction.queue(close_present, Parameters(demande.territory, demande.id, now));
  transaction.queue(insert_renumbered, Parameters(demande.territory, numero, demande.id, now));
}

void queue_number_again(Transaction& transaction, const DemandeId& demande, const std::string& numero,
                        model::Time now) {
  transaction.queue(close_present, Parameters(demande.territory, demande.id, now));
  transaction.queue(open_again, Parameters(demande.territory, numero, now));
}

void queue_merge(Transaction& transaction, const NewMerge& merge, model::Time now) {
  const std::string& territory = merge.territory;
  transaction.queue(lead_further, Parameters(territory, merge.other, merge.kept));
  transaction.queue(insert_merge,
                    Parameters(territory, merge.other, merge.kept, merge.state, now, merge.act));
  transaction.queue(mark_merged, Parameters(territory, merge.other));
  transaction.queue(move_numeros, Parameters(territory, merge.other, merge.kept, now));
}

std::vector<MergedDemande> list_merged(Transaction& transaction, const DemandeId& alive) {
  const Result found = transaction.execute(merged_into, Parameters(alive.territory, alive.id));
  std::vector<MergedDemande> merged;
  merged.reserve(static_cast<std::size_t>(found.rows()));
  for (int row = 0; row < found.rows(); ++row) merged.push_back({found.uuid(row, 0), found.uuid(row, 1)});
  return merged;
}

std::vector<model::Uuid> merged_below(const std::vector<MergedDemande>& merges, const model::Uuid& leaving) {
  std::vector<model::Uuid> below = {leaving};
  for (std::size_t i = 0; i < below.size(); ++i) {
    for (const MergedDemande& merge : merges) {
      if (merge.kept == below[i]) below.push_back(merge.id);
    }
  }
  below.erase(below.begin());
  return below;
}

std::vector<model::Uuid> list_direct_merges(Transaction& transaction, const DemandeId& demande) {
  const Result found = transaction.execute(direct_merges, Parameters(demande.territory, demande.id));
  std::vector<model::Uuid> others;
  others.reserve(static_cast<std::size_t>(found.rows()));
  for (int row = 0; row < found.rows(); ++row) others.push_back(found.uuid(row, 0));
  return others;
}

std::optional<MergedState> find_merged(Transaction& transaction, const DemandeId& merged) {
  const Result found = transaction.execute(merged_state, Parameters(merged.territory, merged.id));
  if (found.empty()) return std::nullopt;
  return MergedState{static_cast<int>(found.number(0, 0)), static_cast<int>(found.number(0, 1)),
                     found.text_or_nothing(0, 2).value_or(""), sealed_in(found, 0, 3)};
}

void queue_split(Transaction& transaction, const DemandeId& alive, const model::Uuid& merged,
                 const std::vector<model::Uuid>& with_it, model::Time now) {
  const std::string& territory = alive.territory;
  transaction.queue(give_numeros_back, Parameters(territory, alive.id, merged, merged, now));
  for (const model::Uuid& other : with_it) {
    transaction.queue(give_numeros_back, Parameters(territory, alive.id, merged, other, now));
    transaction.queue(lead_back, Parameters(territory, other, merged));
  }
  transaction.queue(restore_state, Parameters(territory, merged));
  transaction.queue(delete_merge, Parameters(territory, merged));
}

std::string seniority(Transaction& transaction, const DemandeId& alive) {
  return text_in(transaction.execute(earliest_deposit, Parameters(alive.territory, alive.id)), 0);
}

}  // namespace passerelle::store
