// Copies of the documents of demandes (schemas/sql/0016_justificatif.sql): sealed, found by demande.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/store/demande_table.hpp"

namespace passerelle::store {

struct NewJustificatif {
  model::Uuid id;
  model::Time filed_at;
  std::string body;  ///< that files it
  Bytes card;        ///< what it is, sealed under the key of the demande
  Bytes copy;        ///< sealed under that key
};
void queue_justificatif(Transaction& transaction, const DemandeId& demande, const NewJustificatif& filed);
/// Puts another copy where one stood.
void queue_replaced_justificatif(Transaction& transaction, const DemandeId& demande,
                                 const NewJustificatif& filed);
void queue_withdrawn_justificatif(Transaction& transaction, const DemandeId& demande, const model::Uuid& id);

/// One of a demande, or of one that was merged into it, without the copy itself.
struct FoundJustificatif {
  model::Uuid demande;  ///< under whose key it is sealed
  model::Uuid id;
  model::Time filed_at;
  std::string body;
  Bytes card;
  Sealed key;  ///< wrapped
};
/// In the order in which they were filed. Behind `queue_taken_in_hand`: a merged demande is its own.
[[nodiscard]] std::vector<FoundJustificatif> list_justificatifs(Transaction& transaction,
                                                                const DemandeId& demande);
/// The sealed copy; nothing when there is none.
[[nodiscard]] std::optional<Bytes> find_copy(Transaction& transaction, const DemandeId& demande,
                                             const model::Uuid& id);

}  // namespace passerelle::store
