#include "gateway/store/waiting_table.hpp"

namespace passerelle::store {
namespace {

constexpr Statement waiting = {
    "list_waiting",
    "SELECT d.demande_id, p.numero, d.deposited_on, coalesce(w.commune, ''), s.* "
    "FROM (SELECT demande_id, deposited_on FROM demande WHERE territory = $1 AND demande_id > $3 "
    "AND state IN ('active', 'overdue') AND (cardinality($2::text[]) = 0 OR EXISTS (SELECT FROM event e "
    "WHERE e.territory = $1 AND e.demande_id = demande.demande_id AND e.kind = ANY ($2))) "
    "ORDER BY demande_id LIMIT $4) AS d "
    "JOIN numero p ON p.territory = $1 AND p.demande_id = d.demande_id AND p.present "
    "LEFT JOIN wanted_commune w ON w.territory = $1 AND w.demande_id = d.demande_id AND w.rank = 1, "
    "LATERAL standing($1, d.demande_id) AS s ORDER BY d.demande_id"};

}  // namespace

std::vector<WaitingDemande> list_waiting(Transaction& transaction, const std::string& territory,
                                         const std::vector<std::string>& kinds, const model::Uuid& behind,
                                         int limit) {
  const Result found = transaction.execute(waiting, Parameters(territory, kinds, behind, limit));
  std::vector<WaitingDemande> all;
  all.reserve(static_cast<std::size_t>(found.rows()));
  for (int row = 0; row < found.rows(); ++row)
    all.push_back({found.uuid(row, 0), std::string(found.text(row, 1)), found.day(row, 2),
                   std::string(found.text(row, 3)), standing_in(found, row, 4)});
  return all;
}

}  // namespace passerelle::store
