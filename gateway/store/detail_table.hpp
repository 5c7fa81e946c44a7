// What events say beside their kind (schemas/sql/0013_history.sql): sealed, found by the rank of the event.
#pragma once

#include <optional>
#include <string>

#include "gateway/store/demande_table.hpp"

namespace passerelle::store {

struct NewDetail {
  int rank;                       ///< of the event, which is there
  std::optional<Bytes> dwelling;  ///< keyed hash of the dwelling that it is about
  Bytes sealed;                   ///< under the key of the demande
};
void queue_detail(Transaction& transaction, const DemandeId& demande, const NewDetail& detail);

/// What an event of the demande that a number leads to says, sealed, with the key; nothing when it says
/// nothing more.
struct FoundDetail {
  model::Uuid demande;
  Bytes sealed;
  Sealed key;  ///< wrapped
};
[[nodiscard]] std::optional<FoundDetail> find_detail(Transaction& transaction, const std::string& territory,
                                                     const std::string& numero, int rank);

/// The same of an event of a demande.
struct DetailOfEvent {
  std::optional<Bytes> dwelling;
  FoundDetail found;
};
[[nodiscard]] std::optional<DetailOfEvent> find_detail_of(Transaction& transaction, const DemandeId& demande,
                                                          int rank);

/// How many demandes were designated for a dwelling since it was last let.
[[nodiscard]] std::int64_t count_candidates(Transaction& transaction, const std::string& territory,
                                            const Bytes& dwelling);

}  // namespace passerelle::store
