// What leases count for the targets of attribution (schemas/sql/0019_target.sql): anonymous, only ever added
// to.
#pragma once

#include <string>
#include <vector>

#include "gateway/model/lease_fact.hpp"
#include "gateway/store/transaction.hpp"

namespace passerelle::store {

/// Of a day (YYYY-MM-DD) its year alone is kept.
void queue_lease_fact(Transaction& transaction, const std::string& territory, const std::string& day,
                      const model::LeaseFact& fact);
/// Those of a year, how many of each sort, in a stable order.
[[nodiscard]] std::vector<model::CountedLease> count_lease_facts(Transaction& transaction,
                                                                 const std::string& territory, int year);

}  // namespace passerelle::store
