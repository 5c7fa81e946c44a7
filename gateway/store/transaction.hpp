// One transaction: what it may see, what it sends at once, and how it is tried again.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gateway/model/clock.hpp"
#include "gateway/store/connection.hpp"
#include "gateway/store/pool.hpp"

namespace passerelle::store {

/// Who acts, how: what the second lock (schemas/sql/0007_access.sql) holds against each row.
struct ScopeAsker {
  std::string account;
  std::string role = "passerelle";  ///< line of roles.csv; that of the gateway's own housekeeping
  std::string purpose;
  std::string action;
  std::string channel;
  model::Time at;
  std::string claims;  ///< ties that the gateway established and no table holds, with commas between
};

/// What a transaction is for and what row-level security lets it see. Nothing granted: no row at all.
struct Scope {
  std::string context;                   ///< one word, seen in application_name and in errors
  std::vector<std::string> territories;  ///< codes of three digits
  std::string body;                      ///< the body that acts
  ScopeAsker asker = {};
};

/// Rolls back unless committed. Statements are queued and sent together with what opens or commits the
/// transaction, so that a round trip is paid only where an answer is needed.
class Transaction {
 public:
  Transaction(Connection& connection, const Scope& scope);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();

  /// To be sent by the next `flush`, `execute` or `commit`.
  void queue(const Statement& statement, Parameters parameters = {});
  /// Sends what is queued; the answers of the statements queued since the last time, in order.
  std::vector<Result> flush();
  /// Sends what is queued, then this one, and returns its answer.
  Result execute(const Statement& statement, Parameters parameters = {});
  /// Sends what is queued and commits. Once it has returned, the effect is durable. When it throws for lack
  /// of a connection, nobody knows: the caller must ask again with the same key.
  void commit();

 private:
  Connection& m_connection;
  std::vector<Call> m_queue;
  std::size_t m_opening;  ///< queued statements that are ours, whose answers nobody wants
  bool m_begun = false;
  bool m_committed = false;
};

/// Most tries of one transaction: each failed one has let another succeed.
inline constexpr int transaction_tries = 10;

/// Runs `work(Transaction&)` on a connection of the pool and commits; tries again, from the beginning, after
/// a serialization failure or a deadlock. Returns what `work` returned.
template <typename Work>
auto in_transaction(Pool& pool, const Scope& scope, Work work) {
  for (int tried = 1;; ++tried) {
    try {
      Pool::Lease connection = pool.lease(scope.context);
      Transaction transaction(*connection, scope);
      auto answer = work(transaction);
      transaction.commit();
      return answer;
    } catch (const DatabaseError& error) {
      if (!error.asks_for_retry() || tried == transaction_tries) throw;
    }
  }
}

}  // namespace passerelle::store
