#include "gateway/service/registry/find_household.hpp"

#include <cassert>

#include "gateway/service/access/authorize.hpp"
#include "gateway/store/access_table.hpp"

namespace passerelle::service {

using store::Transaction;

std::vector<FoundHousehold> find_households(const Registry& registry, const policy::Decision& decision,
                                            const Filing& filing) {
  assert(decision.action() == policy::Action::find_person && !filing.holders.empty());
  const std::string& territory = decision.territories().front();
  const std::vector<store::HolderKey> wanted = holder_keys(registry.keys, filing.holders);
  return store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    store::queue_identities(transaction, territory, wanted);
    const auto answers = transaction.flush();
    std::vector<FoundHousehold> found;
    const auto candidates = store::list_candidates(transaction, territory, answers);
    for (const auto& [demande, relation] : related_households(wanted, candidates)) {
      const auto found_now = store::find_standing(transaction, territory, demande->numero);
      if (!found_now || !authorize_row(registry, decision, demande->id, found_now->standing)) continue;
      found.push_back({*model::NumeroUnique::parse(demande->numero), relation});
      const store::SecretKey key = open_demande_key(registry.keys, demande->id, demande->key);
      queue_trace(transaction, decision, territory, &key, registry.clock.now());
    }
    if (found.empty()) queue_trace(transaction, decision, territory, nullptr, registry.clock.now());
    return found;
  });
}

}  // namespace passerelle::service
