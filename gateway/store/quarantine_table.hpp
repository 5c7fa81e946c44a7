// The messages that could not be treated (schemas/sql/0020_quarantine.sql).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/store/deposit_table.hpp"

namespace passerelle::store {

/// Who tried to have a message treated, and for what.
struct Attempter {
  std::string body;
  std::string agent;
  std::string account;
  std::string role;
  std::string purpose;
  std::string channel;
  std::string action;
};

/// One line without its content.
struct QuarantineLine {
  std::string territory;
  model::Uuid id;
  model::Time quarantined_at;
  std::string key;                  ///< empty: that of its content
  std::string format;               ///< by which it was read: peer@version:message
  bool whole = false;               ///< the document as it came; else one demande of a longer file
  std::int64_t rank = 0;            ///< in its file, from 1; 0: the file itself
  std::vector<std::string> faults;  ///< code|path|line|column|line of the mapping; or the rule that denied
  Attempter by;
};

/// A line that is kept anew.
struct NewQuarantineLine {
  QuarantineLine line;
  std::optional<Bytes> numero_mac;  ///< of the number that it names
  Bytes content_mac;
  Sealed content;
};

/// Keeps it, unless the same message of the same sender waits already or its territory is none; the answer
/// says whether it did.
void queue_quarantined(Transaction& transaction, const NewQuarantineLine& made);
[[nodiscard]] bool was_quarantined(const Result& answer);

/// Keeps the message of a deposit that could not be settled, or what stops it now. `why`: codes, or the rule
/// that denied.
void queue_quarantined_deposit(Transaction& transaction, const std::string& territory,
                               const model::Uuid& deposit, std::string_view why, model::Time now);

/// Those of a territory that wait for a person, the oldest first.
[[nodiscard]] std::vector<QuarantineLine> list_quarantine(Transaction& transaction,
                                                          const std::string& territory);

/// A line with what it holds.
struct OpenQuarantineLine {
  QuarantineLine line;
  Sealed content;
  std::optional<Deposit> deposit;  ///< when it is one
};
/// A line that waits for a person; nothing when there is none.
[[nodiscard]] std::optional<OpenQuarantineLine> find_quarantined(Transaction& transaction,
                                                                 const std::string& territory,
                                                                 const model::Uuid& id);

/// How a line ends.
struct QuarantineEnd {
  std::string_view outcome;
  std::optional<std::string> reason = {};  ///< a code, of one that was dropped
};
/// Closes a line, whose content goes. Whether it was open.
bool close_quarantined(Transaction& transaction, const std::string& territory, const model::Uuid& id,
                       const QuarantineEnd& end, model::Time now);

/// Has a refused deposit wait again.
void queue_deposit_again(Transaction& transaction, const std::string& territory, const model::Uuid& deposit);

/// Deletes the lines, open or not, that name an erased number.
void queue_forgotten_quarantine(Transaction& transaction, const std::string& territory,
                                const Bytes& numero_mac);

}  // namespace passerelle::store
