#include "gateway/service/registry/rotate_keys.hpp"

#include <cassert>

#include "gateway/store/key_check.hpp"
#include "gateway/store/rotation_table.hpp"

namespace passerelle::service {
namespace {

using store::KeyUse;
using store::Transaction;

constexpr int page_size = 500;

std::size_t rewrite_keys(Transaction& transaction, const store::KeyFile& keys, const std::string& territory) {
  const auto older = store::list_older_keys(transaction, territory, keys.current(KeyUse::demande), page_size);
  for (const store::WrappedKey& found : older) {
    const store::SecretKey key = open_demande_key(keys, found.demande, found.key);
    store::queue_wrapped_key(transaction, territory, {found.demande, wrap_key(keys, found.demande, key)});
  }
  return older.size();
}

std::size_t rewrite_nirs(Transaction& transaction, const store::KeyFile& keys, const std::string& territory) {
  const auto older = store::list_older_nirs(transaction, territory, keys.current(KeyUse::nir), page_size);
  for (const store::SealedNir& found : older) {
    const auto holder = static_cast<std::size_t>(found.holder);
    const auto nir = store::unseal(keys.key(KeyUse::nir, found.nir.generation), found.nir.octets,
                                   nir_place(found.demande, holder));
    if (!nir)
      throw store::KeyFileError("un numéro de sécurité sociale ne s'ouvre pas avec ce fichier de clés");
    store::queue_sealed_nir(
        transaction, territory,
        {found.demande, found.holder, seal_nir(keys, found.demande, holder, store::text_of(*nir))});
  }
  return older.size();
}

}  // namespace

std::uint64_t rewrite_under_present_key(const Registry& registry, const policy::Decision& decision,
                                        KeyUse use) {
  assert(decision.action() == policy::Action::administer && use != KeyUse::match);
  if (use == KeyUse::message) return 0;
  std::uint64_t rows = 0;
  for (const std::string& territory : decision.territories()) {
    std::size_t page = 1;
    while (page > 0) {
      page = store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
        queue_trace(transaction, decision, territory, nullptr, registry.clock.now());
        return use == KeyUse::demande ? rewrite_keys(transaction, registry.keys, territory)
                                      : rewrite_nirs(transaction, registry.keys, territory);
      });
      rows += page;
    }
  }
  return rows;
}

bool forget_generation(const Registry& registry, const policy::Decision& decision, store::KeyFile& keys,
                       std::pair<KeyUse, store::KeyFile::Generation> forgotten) {
  const auto [use, generation] = forgotten;
  assert(decision.action() == policy::Action::administer && use != KeyUse::match);
  assert(generation != keys.current(use));
  const bool unused = store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    if (store::is_generation_used(transaction, use, generation)) return false;
    store::note_forgotten(transaction, use, generation, registry.clock.now());
    for (const std::string& territory : decision.territories())
      queue_trace(transaction, decision, territory, nullptr, registry.clock.now());
    return true;
  });
  if (unused) keys.forget(use, generation);
  return unused;
}

}  // namespace passerelle::service
