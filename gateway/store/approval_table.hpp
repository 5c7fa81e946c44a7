// The tables of what one person opens or judges of the access of another (schemas/sql/0007_access.sql):
// approvals, and readings to look at again.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/store/demande_table.hpp"
#include "gateway/store/grant_table.hpp"

namespace passerelle::store {

/// What someone wants a second person to open: one action, on one demande or on none.
struct ApprovalWish {
  std::string territory;
  std::string account;
  std::string action;
  std::optional<model::Uuid> demande;
};

/// Asks for it.
void queue_approval_wish(Transaction& transaction, const ApprovalWish& wish, model::Time now);

/// How long a wish waits for its answer, and an answer opens what was wished for.
struct ApprovalTimes {
  model::Time asked_since;
  model::Time expires_at;
};
/// Opens what was wished for, once. Whether a wish waited.
bool approve_wish(Transaction& transaction, const ApprovalWish& wish, const Hand& hand,
                  const ApprovalTimes& times);

/// What was opened for an action on a demande is so for one merged into it, which a split writes to as well.
void queue_approval_of_merged(Transaction& transaction, const ApprovalWish& wish, const model::Uuid& merged,
                              const Hand& hand, model::Time expires_at);

/// A reading, or an alert about an account, that waits for someone else to look at it.
struct OpenReading {
  model::Uuid id;
  std::string account;
  std::string action;
  std::string rule;
  bool alert;
  model::Time happened_at;
  std::optional<model::Uuid> demande;  ///< nothing of an alert about an account
  std::string numero;                  ///< empty once the demande was erased
  Bytes reason;                        ///< sealed under the key of the demande
  std::optional<Sealed> key;           ///< wrapped; nothing once the demande was erased
};
/// Alerts first, then the oldest first.
[[nodiscard]] std::vector<OpenReading> list_open_readings(Transaction& transaction,
                                                          const std::string& territory);

/// Whose reading waits under this identifier, kept from others until the end of the transaction; nothing when
/// none does.
[[nodiscard]] std::optional<std::string> reader_of(Transaction& transaction, const std::string& territory,
                                                   const model::Uuid& id);

/// Writes what was found of a reading that waits: `justifie` or `injustifie`.
void queue_judgement(Transaction& transaction, const std::string& territory, const model::Uuid& id,
                     const std::string& outcome, const Hand& hand);

}  // namespace passerelle::store
