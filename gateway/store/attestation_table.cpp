#include "gateway/store/attestation_table.hpp"

namespace passerelle::store {
namespace {

constexpr Statement end_activations = {
    "end_activations", "UPDATE attestation SET activation = NULL WHERE territory = $1 AND demande_id = $2"};
constexpr Statement insert = {"insert_attestation",
                              "INSERT INTO attestation VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr Statement registrar = {
    "find_registrar",
    "SELECT d.guichet, coalesce(g.name, ''), coalesce(b.name, g.body_id, '') FROM demande d "
    "LEFT JOIN guichet g ON g.territory = $1 AND g.guichet = d.guichet AND g.validity @> $3::date "
    "LEFT JOIN body b ON b.body_id = g.body_id AND b.validity @> $3::date "
    "WHERE d.territory = $1 AND d.demande_id = $2"};
constexpr Statement wanted = {"list_wanted",
                              "SELECT p.code, coalesce(c.name, p.code) FROM wanted_commune w, "
                              "LATERAL (SELECT present_commune(w.commune, $3::date) AS code) AS p "
                              "LEFT JOIN commune c ON c.commune = p.code AND c.validity @> $3::date "
                              "WHERE w.territory = $1 AND w.demande_id = $2 ORDER BY w.rank"};
constexpr Statement stock_bodies = {
    "list_stock_bodies",
    "SELECT DISTINCT coalesce(b.name, s.body_id) AS name FROM stock s "
    "LEFT JOIN body b ON b.body_id = s.body_id AND b.validity @> $2::date "
    "WHERE s.validity @> $2::date AND present_commune(s.commune, $2::date) = ANY ($1) ORDER BY name"};
constexpr Statement without = {
    "list_without_attestation",
    "SELECT d.demande_id, p.numero, d.deposited_on, s.* "
    "FROM (SELECT territory, demande_id, deposited_on FROM demande WHERE territory = $1 AND demande_id > $3 "
    "AND state IN ('active', 'overdue') AND deposited_on <= $2::date AND NOT EXISTS (SELECT FROM attestation "
    "a "
    "WHERE a.territory = $1 AND a.demande_id = demande.demande_id) ORDER BY demande_id LIMIT $4) AS d "
    "JOIN numero p ON p.territory = $1 AND p.demande_id = d.demande_id AND p.present, "
    "LATERAL standing($1, d.demande_id) AS s ORDER BY d.demande_id"};

}  // namespace

void queue_attestation(Transaction& transaction, const DemandeId& demande, const NewAttestation& drawn) {
  transaction.queue(end_activations, Parameters(demande.territory, demande.id));
  transaction.queue(insert, Parameters(demande.territory, demande.id, drawn.id, drawn.drawn_at, drawn.body,
                                       drawn.account, drawn.valid_from, drawn.activation));
}

Registrar find_registrar(Transaction& transaction, const DemandeId& demande, std::chrono::sys_days day) {
  const Result found = transaction.execute(registrar, Parameters(demande.territory, demande.id, day));
  if (found.empty()) return {};
  return {std::string(found.text(0, 0)), std::string(found.text(0, 1)), std::string(found.text(0, 2))};
}

std::vector<WantedPlace> list_wanted(Transaction& transaction, const DemandeId& demande,
                                     std::chrono::sys_days day) {
  const Result found = transaction.execute(wanted, Parameters(demande.territory, demande.id, day));
  std::vector<WantedPlace> places;
  places.reserve(static_cast<std::size_t>(found.rows()));
  for (int row = 0; row < found.rows(); ++row)
    places.push_back({std::string(found.text(row, 0)), std::string(found.text(row, 1))});
  return places;
}

std::vector<std::string> list_stock_bodies(Transaction& transaction, const std::vector<std::string>& communes,
                                           std::chrono::sys_days day) {
  const Result found = transaction.execute(stock_bodies, Parameters(communes, day));
  std::vector<std::string> names;
  names.reserve(static_cast<std::size_t>(found.rows()));
  for (int row = 0; row < found.rows(); ++row) names.emplace_back(found.text(row, 0));
  return names;
}

std::vector<WithoutAttestation> list_without_attestation(Transaction& transaction,
                                                         const std::string& territory,
                                                         std::chrono::sys_days day, const model::Uuid& behind,
                                                         int limit) {
  const Result found = transaction.execute(without, Parameters(territory, day, behind, limit));
  std::vector<WithoutAttestation> all;
  all.reserve(static_cast<std::size_t>(found.rows()));
  for (int row = 0; row < found.rows(); ++row)
    all.push_back(
        {found.uuid(row, 0), std::string(found.text(row, 1)), found.day(row, 2), standing_in(found, row, 3)});
  return all;
}

}  // namespace passerelle::store
