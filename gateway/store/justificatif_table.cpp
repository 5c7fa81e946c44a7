#include "gateway/store/justificatif_table.hpp"

namespace passerelle::store {
namespace {

constexpr Statement insert = {"insert_justificatif",
                              "INSERT INTO justificatif VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr Statement replace = {"replace_justificatif",
                               "UPDATE justificatif SET filed_at = $4, body_id = $5, card = $6, copy = $7 "
                               "WHERE territory = $1 AND demande_id = $2 AND justificatif_id = $3"};
constexpr Statement withdraw = {
    "withdraw_justificatif",
    "DELETE FROM justificatif WHERE territory = $1 AND demande_id = $2 AND justificatif_id = $3"};
constexpr Statement all_of = {
    "list_justificatifs",
    "SELECT j.demande_id, j.justificatif_id, j.filed_at, j.body_id, j.card, k.generation, k.wrapped "
    "FROM justificatif j JOIN demande_key k ON k.territory = $1 AND k.demande_id = j.demande_id "
    "WHERE j.territory = $1 AND (j.demande_id = $2 OR j.demande_id IN "
    "(SELECT other_id FROM merge WHERE territory = $1 AND alive_id = $2)) ORDER BY j.filed_at, "
    "j.justificatif_id"};
constexpr Statement copy_of_one = {
    "find_copy",
    "SELECT copy FROM justificatif WHERE territory = $1 AND demande_id = $2 AND justificatif_id = $3"};

Parameters values_of(const DemandeId& demande, const NewJustificatif& filed) {
  return Parameters(demande.territory, demande.id, filed.id, filed.filed_at, filed.body, filed.card,
                    filed.copy);
}

}  // namespace

void queue_justificatif(Transaction& transaction, const DemandeId& demande, const NewJustificatif& filed) {
  transaction.queue(insert, values_of(demande, filed));
}

void queue_replaced_justificatif(Transaction& transaction, const DemandeId& demande,
                                 const NewJustificatif& filed) {
  transaction.queue(replace, values_of(demande, filed));
}

void queue_withdrawn_justificatif(Transaction& transaction, const DemandeId& demande, const model::Uuid& id) {
  transaction.queue(withdraw, Parameters(demande.territory, demande.id, id));
}

std::vector<FoundJustificatif> list_justificatifs(Transaction& transaction, const DemandeId& demande) {
  const Result found = transaction.execute(all_of, Parameters(demande.territory, demande.id));
  std::vector<FoundJustificatif> all;
  all.reserve(static_cast<std::size_t>(found.rows()));
  for (int row = 0; row < found.rows(); ++row)
    all.push_back({found.uuid(row, 0), found.uuid(row, 1), found.time(row, 2),
                   std::string(found.text(row, 3)), copy_of(found.octets(row, 4)), sealed_in(found, row, 5)});
  return all;
}

std::optional<Bytes> find_copy(Transaction& transaction, const DemandeId& demande, const model::Uuid& id) {
  const Result found = transaction.execute(copy_of_one, Parameters(demande.territory, demande.id, id));
  if (found.empty()) return std::nullopt;
  return copy_of(found.octets(0, 0));
}

}  // namespace passerelle::store
