// Whole histories of demandes, page by page: what a report of named data is computed from.
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

}  // namespace passerelle::store
