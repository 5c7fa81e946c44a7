// Histories of many demandes: whole, page by page, for a report of named data; or what some events told since
// a day.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "gateway/store/demande_table.hpp"

namespace passerelle::store {

/// One line of a history, as far as it says where a demande stood.
struct PastEvent {
  std::string kind;
  std::string happened_on;  ///< YYYY-MM-DD
  int version;              ///< of the demande once it had happened
  std::optional<std::string> state;
  std::optional<std::string> motive;
};

struct SealedVersion {
  int version;
  Bytes sealed;
};

/// A demande that was not erased; one that was merged has its own.
struct DemandeHistory {
  model::Uuid id;
  std::string deposited_on;             ///< YYYY-MM-DD
  Sealed key;                           ///< wrapped
  std::vector<PastEvent> events;        ///< by rank
  std::vector<SealedVersion> versions;  ///< from the first
};

/// Up to `limit` of a territory behind a demande, in order of identifiers.
[[nodiscard]] std::vector<DemandeHistory> list_histories(Transaction& transaction,
                                                         const std::string& territory,
                                                         const model::Uuid& behind, int limit);

/// The last of some events of a demande that has a number today.
struct TellingEvent {
  model::Uuid demande;
  int rank;
  std::string numero;  ///< the present one
  std::string guichet;
  std::string deposited_on;  ///< YYYY-MM-DD
  std::string happened_on;   ///< YYYY-MM-DD
  std::optional<std::string> motive;
  std::optional<Bytes> detail;  ///< sealed under the key of the demande
  Sealed key;                   ///< wrapped
  Standing standing;
};

/// Which events somebody asks about.
struct EventsAsked {
  std::string territory;
  std::vector<std::string> kinds;
  std::string state;  ///< in which the demande is; empty: any
  model::Time since;  ///< of their recording
};

/// Up to `limit`, the first recorded first: of each demande the last such event, if it was recorded since
/// then.
[[nodiscard]] std::vector<TellingEvent> list_telling_events(Transaction& transaction,
                                                            const EventsAsked& asked, int limit);

}  // namespace passerelle::store
