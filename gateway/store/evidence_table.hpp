// The tables of what happened and who did it (schemas/sql/0004_evidence.sql): only ever added to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/store/transaction.hpp"

namespace passerelle::store {

/// One line of the shared history.
struct Event {
  std::string territory;
  model::Uuid demande;
  int rank;  ///< from 1, without gap, in its demande
  std::string kind;
  std::optional<std::string>
      happened_on;  ///< YYYY-MM-DD; nothing: the day of recording where the territory is
  model::Time recorded_at;
  std::string body;
  int version;                             ///< of the demande once it had happened
  std::optional<std::string> state = {};   ///< which it led to; nothing: the one before
  std::optional<std::string> motive = {};  ///< code: why a demande is radiated, what it is warned of
};

/// The constraint that a rank given twice breaks: another transaction has written to the same history.
inline constexpr std::string_view rank_taken = "event_pkey";

/// Writes it, and its rank in the demande.
void queue_event(Transaction& transaction, const Event& event);
/// The history of a demande in order; empty when the number leads nowhere.
[[nodiscard]] std::vector<Event> list_events(Transaction& transaction, const std::string& territory,
                                             const std::string& numero);

/// One change, where the feed of its territory has it.
struct Change {
  std::int64_t position;
  model::Uuid demande;
  int rank;
  std::string kind;
  int version;
};

/// Up to `limit` changes behind a position (0: from the first), in the order of their commits. What was
/// behind a position once read never changes. Only what `last_position` has given a position to.
[[nodiscard]] std::vector<Change> list_changes(Transaction& transaction, const std::string& territory,
                                               std::int64_t behind, int limit);

/// The position of the last change that has been committed; 0 when there is none. Writes, as above.
[[nodiscard]] std::int64_t last_position(Transaction& transaction, const std::string& territory);

/// Who did what, by which rule.
struct AuditLeaf {
  std::string territory;
  model::Uuid id;
  model::Time recorded_at;
  std::string body;
  std::string agent;
  std::string action;
  std::string purpose;
  std::string rule;
  bool allowed;
  std::optional<Bytes> subject;  ///< keyed hash of the demande under its own key
};

/// RFC 6962, 2.1: SHA-256 of 0x00 and the columns in order, each with its length before it.
[[nodiscard]] Bytes leaf_hash(const AuditLeaf& leaf);

void queue_leaf(Transaction& transaction, const AuditLeaf& leaf);

}  // namespace passerelle::store
