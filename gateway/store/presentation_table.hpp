// The tables of linking (schemas/sql/0009_linking.sql): sealed facts to compare, and the keys that find them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/store/demande_table.hpp"

namespace passerelle::store {

/// A holder as a message presented them.
struct NewPresentation {
  int holder;                      ///< as in `holder_key`
  Bytes mac;                       ///< keyed hash of what is compared
  std::vector<std::int64_t> keys;  ///< keyed hashes of what two spellings share
  model::Uuid id;
  Bytes sealed;  ///< under the key of the demande
};

/// One found, of a demande alive or not.
struct FoundPresentation {
  model::Uuid id;
  model::Uuid demande;  ///< that it is of
  model::Uuid alive;    ///< the same, or what that was merged into
  int holder;
  Bytes mac;
  Bytes sealed;
  Sealed key;  ///< of `demande`, wrapped
};

/// Of a block of more, so many are compared: the others must be found by another key.
inline constexpr int most_of_one_key = 256;

/// Asks for the presentations that share a key with a person. Only behind their locks.
void queue_sharing(Transaction& transaction, const std::string& territory,
                   const std::vector<std::int64_t>& keys);
/// Asks for those of one demande.
void queue_presentations(Transaction& transaction, const DemandeId& demande);
/// Of either question; each once, in the order of identifiers.
[[nodiscard]] std::vector<FoundPresentation> read_presentations(const Result& answer);

/// Up to `limit` presentations of a territory behind one, in order of identifiers.
[[nodiscard]] std::vector<FoundPresentation> list_presentations(Transaction& transaction,
                                                                const std::string& territory,
                                                                const model::Uuid& behind, int limit);

void queue_presentation(Transaction& transaction, const DemandeId& demande,
                        const NewPresentation& presentation, model::Time now);
/// Puts other keys in the place of those of a presentation.
void queue_new_keys(Transaction& transaction, const std::string& territory, const model::Uuid& presentation,
                    const std::vector<std::int64_t>& keys);
/// Takes away those of a demande, with their keys.
void queue_forgotten_presentations(Transaction& transaction, const DemandeId& demande);

/// By which rules the keys of a territory were made; nothing when it has none yet.
void queue_rules(Transaction& transaction, const std::string& territory);
[[nodiscard]] std::optional<std::int64_t> read_rules(const Result& answer);
void queue_new_rules(Transaction& transaction, const std::string& territory, std::int64_t fingerprint,
                     model::Time now);

}  // namespace passerelle::store
