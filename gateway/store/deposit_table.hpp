// The deposits that wait for their number (schemas/sql/0009_linking.sql).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/store/demande_table.hpp"

namespace passerelle::store {

struct Deposit {
  model::Uuid id;
  model::Time received_at;
  std::string received_on;  ///< YYYY-MM-DD, there
  std::string body;
  std::string key;      ///< of its message
  model::Uuid message;  ///< the raw one
  // Who deposited.
  std::string agent;
  std::string account;
  std::string role;
  std::string purpose;
  std::string channel;
};

void queue_deposit(Transaction& transaction, const std::string& territory, const Deposit& deposit);

/// A deposit with what came.
struct WaitingDeposit {
  Deposit deposit;
  std::string format;  ///< of the message
  Sealed content;
};

/// Up to `limit` that wait, the oldest first; not those whose message has passed its retention.
[[nodiscard]] std::vector<WaitingDeposit> list_waiting(Transaction& transaction, const std::string& territory,
                                                       int limit);

/// Takes a deposit until the end of the transaction; the answer says whether it was still waiting and nobody
/// else has it.
void queue_taking(Transaction& transaction, const std::string& territory, const model::Uuid& deposit);
[[nodiscard]] bool was_taken(const Result& answer);

/// It became a demande: its raw message is of that now.
void queue_settled(Transaction& transaction, const DemandeId& demande, const Deposit& deposit,
                   model::Time now);
/// It became none: a person must look, and its message goes into quarantine. `why`: codes, or the rule that
/// denied.
void queue_refused(Transaction& transaction, const std::string& territory, const model::Uuid& deposit,
                   std::string_view why, model::Time now);

/// One that a person must look at.
struct RefusedDeposit {
  model::Uuid id;
  std::string received_on;
  std::string body;
  std::string key;
  std::string why;
};
[[nodiscard]] std::vector<RefusedDeposit> list_refused(Transaction& transaction,
                                                       const std::string& territory);

/// What became of the message of a key, deposited or registered at once: the present number of its demande;
/// nothing while it waits, or when that was erased.
[[nodiscard]] std::optional<std::string> find_settled(Transaction& transaction, const std::string& territory,
                                                      const std::string& body, const std::string& key);

}  // namespace passerelle::store
