#include "gateway/store/purge_table.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <string_view>

namespace passerelle::store {
namespace {

// Legal arithmetic: a month is a month of the calendar, ended at its last day (31 March less one month).
constexpr Statement expiries = {"list_expiries",
                                "SELECT store, ($1::timestamptz AT TIME ZONE 'UTC' - make_interval(months => "
                                "months, days => days)) AT TIME "
                                "ZONE 'UTC' FROM retention WHERE months IS NOT NULL"};

/// How a kind of data is purged.
struct Purge {
  std::string_view store;
  Statement count;
  Statement remove;
};

// A raw message has been treated when it is in the inbox: it came in with its demande, in one transaction.
constexpr std::array purges = {
    Purge{"message",
          {"count_old_messages", "SELECT count(*) FROM inbox WHERE territory = $1 AND received_at < $2"},
          {"delete_old_messages",
           "DELETE FROM inbox i USING (SELECT received_at, message_id FROM inbox WHERE territory = $1 AND "
           "received_at < $2 LIMIT $3) AS old "
           "WHERE i.received_at = old.received_at AND i.message_id = old.message_id"}},
    Purge{"quarantaine",
          {"count_old_quarantine",
           "SELECT count(*) FROM quarantine WHERE territory = $1 AND quarantined_at < $2"},
          {"delete_old_quarantine",
           "DELETE FROM quarantine WHERE ctid = ANY (ARRAY(SELECT ctid FROM quarantine WHERE territory = $1 "
           "AND quarantined_at < $2 LIMIT $3))"}},
    Purge{"envoi",
          {"count_old_news", "SELECT count(*) FROM outbox WHERE territory = $1 AND acknowledged_at < $2"},
          {"delete_old_news",
           "DELETE FROM outbox WHERE ctid = ANY (ARRAY(SELECT ctid FROM outbox WHERE territory = $1 AND "
           "acknowledged_at < $2 LIMIT $3))"}},
    Purge{"effacement",
          {"count_old_erasures", "SELECT count(*) FROM erasure WHERE territory = $1 AND erased_at < $2"},
          {"delete_old_erasures",
           "DELETE FROM erasure WHERE ctid = ANY (ARRAY(SELECT ctid FROM erasure WHERE territory = $1 AND "
           "erased_at < $2 LIMIT $3))"}},
};

constexpr Statement drop_weeks = {"drop_empty_inbox_weeks", "SELECT drop_empty_inbox_weeks($1)"};

const Purge& purge_of(const Expiry& expiry) {
  const auto* const found = std::ranges::find(purges, expiry.store, &Purge::store);
  assert(found != purges.end());
  return *found;
}

}  // namespace

std::vector<Expiry> list_expiries(Transaction& transaction, model::Time now) {
  const Result found = transaction.execute(expiries, Parameters(now));
  std::vector<Expiry> listed;
  for (const Purge& purge : purges) {
    for (int row = 0; row < found.rows(); ++row) {
      if (found.text(row, 0) == purge.store) listed.push_back({std::string(purge.store), found.time(row, 1)});
    }
  }
  return listed;
}

std::int64_t count_expired(Transaction& transaction, const std::string& territory, const Expiry& expiry) {
  return transaction.execute(purge_of(expiry).count, Parameters(territory, expiry.before)).number(0, 0);
}

std::int64_t delete_expired(Transaction& transaction, const std::string& territory, const Expiry& expiry,
                            int limit) {
  const Parameters expired(territory, expiry.before, limit);
  return static_cast<std::int64_t>(transaction.execute(purge_of(expiry).remove, expired).affected());
}

int drop_empty_weeks(Transaction& transaction, model::Time before) {
  return static_cast<int>(transaction.execute(drop_weeks, Parameters(before)).number(0, 0));
}

}  // namespace passerelle::store
