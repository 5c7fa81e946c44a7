#include "gateway/store/target_table.hpp"

namespace passerelle::store {
namespace {

constexpr Statement insert = {
    "insert_target_fact",
    "INSERT INTO target_fact VALUES ($1, extract(year FROM $2::date), $3, $4, $5, $6, $7)"};
constexpr Statement counted = {
    "count_target_facts",
    "SELECT commune, bailleur, qpv, quartile, renewal, count(*) FROM target_fact "
    "WHERE territory = $1 AND year = $2 GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5"};

}  // namespace

void queue_lease_fact(Transaction& transaction, const std::string& territory, const std::string& day,
                      const model::LeaseFact& fact) {
  transaction.queue(
      insert, Parameters(territory, day, fact.commune, fact.bailleur, fact.qpv, fact.quartile, fact.renewal));
}

std::vector<model::CountedLease> count_lease_facts(Transaction& transaction, const std::string& territory,
                                                   int year) {
  const Result found = transaction.execute(counted, Parameters(territory, year));
  std::vector<model::CountedLease> all;
  all.reserve(static_cast<std::size_t>(found.rows()));
  for (int row = 0; row < found.rows(); ++row) {
    model::CountedLease one{{.commune = found.text_or_nothing(row, 0),
                             .bailleur = found.text_or_nothing(row, 1),
                             .qpv = std::nullopt,
                             .quartile = found.text_or_nothing(row, 3),
                             .renewal = found.truth(row, 4)},
                            found.number(row, 5)};
    if (!found.is_null(row, 2)) one.lease.qpv = found.truth(row, 2);
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace passerelle::store
