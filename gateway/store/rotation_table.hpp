// What each generation of a key has sealed, across the tables: to be written again under a newer one.
#pragma once

#include <string>
#include <vector>

#include "gateway/store/demande_table.hpp"
#include "gateway/store/key_file.hpp"

namespace passerelle::store {

/// The key of a demande, wrapped.
struct WrappedKey {
  model::Uuid demande;
  Sealed key;
};

/// Up to `limit` keys of demandes of a territory that an older generation wraps, locked until the end of the
/// transaction.
[[nodiscard]] std::vector<WrappedKey> list_older_keys(Transaction& transaction, const std::string& territory,
                                                      KeyFile::Generation current, int limit);
void queue_wrapped_key(Transaction& transaction, const std::string& territory, const WrappedKey& key);

/// A social security number, sealed.
struct SealedNir {
  model::Uuid demande;
  int holder;  ///< its rank in the demande
  Sealed nir;
};

/// The same of social security numbers.
[[nodiscard]] std::vector<SealedNir> list_older_nirs(Transaction& transaction, const std::string& territory,
                                                     KeyFile::Generation current, int limit);
void queue_sealed_nir(Transaction& transaction, const std::string& territory, const SealedNir& nir);

/// Whether a row that the transaction sees needs that generation to be read. Numbers of erased demandes do
/// not count: they go with it. Not for `match`, whose hashes do not say their generation.
[[nodiscard]] bool is_generation_used(Transaction& transaction, KeyUse use, KeyFile::Generation generation);

}  // namespace passerelle::store
