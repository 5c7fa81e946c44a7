// What has passed its retention (the table `retention`, mappings/registry/conservation.csv), to be counted
// and deleted. Each kind of data that is purged by itself is one row of a table of statements here.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/store/transaction.hpp"

namespace passerelle::store {

/// A kind of data, and the time before which it goes.
struct Expiry {
  std::string store;   ///< as the table `retention` names it
  model::Time before;  ///< excluded; of the event that its retention counts from
};

/// Those that are purged by themselves and have a duration, in the order of the table of statements. What has
/// no duration is not there, nor what goes with its demande.
[[nodiscard]] std::vector<Expiry> list_expiries(Transaction& transaction, model::Time now);

/// Rows of a territory that have expired.
[[nodiscard]] std::int64_t count_expired(Transaction& transaction, const std::string& territory,
                                         const Expiry& expiry);
/// Deletes up to `limit` of them; returns how many.
std::int64_t delete_expired(Transaction& transaction, const std::string& territory, const Expiry& expiry,
                            int limit);

/// Drops the weeks of raw messages that ended before a time and hold none of anyone; returns how many.
int drop_empty_weeks(Transaction& transaction, model::Time before);

}  // namespace passerelle::store
