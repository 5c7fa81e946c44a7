#include "gateway/service/registry/find_household.hpp"

#include <cassert>
#include <set>

#include "gateway/service/access/authorize.hpp"
#include "gateway/service/registry/filed_household.hpp"
#include "gateway/store/access_table.hpp"

namespace passerelle::service {

using store::Transaction;

namespace {

/// Those that the decision opens. Whatever was seen, one statement asks: who may read none of them learns
/// nothing from what is executed.
store::Sightings open_to(const Registry& registry, const policy::Decision& decision, Transaction& transaction,
                         const store::Sightings& seen) {
  std::vector<std::string> alive;
  for (const auto& [own, leads_to] : seen) alive.push_back(leads_to.text());
  std::set<model::Uuid> open;
  for (const store::FoundStanding& one :
       store::list_standings(transaction, decision.territories().front(), alive)) {
    if (authorize_row(registry, decision, one.demande, one.standing)) open.insert(one.demande);
  }
  store::Sightings left;
  for (const auto& sighting : seen) {
    if (open.contains(sighting.second)) left.insert(sighting);
  }
  return left;
}

}  // namespace

std::vector<FoundHousehold> find_households(const Registry& registry, const policy::Decision& decision,
                                            const Filing& filing) {
  assert(decision.action() == policy::Action::find_person && !filing.holders.empty());
  const std::string& territory = decision.territories().front();
  const FiledHousehold wanted(registry, territory, filing.holders);
  return store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    wanted.queue_look(transaction);
    const auto answers = transaction.flush();
    std::vector<FoundHousehold> found;
    const store::Sightings open = open_to(registry, decision, transaction, wanted.sightings(answers));
    for (const auto& [demande, kinship] : wanted.related(transaction, open)) {
      found.push_back({*model::NumeroUnique::parse(demande.numero), kinship.relation});
      const store::SecretKey key = open_demande_key(registry.keys, demande.id, demande.key);
      queue_trace(transaction, decision, territory, &key, registry.clock.now());
    }
    if (!found.empty()) return found;
    note_vain_search(transaction, decision);
    leave_trace(transaction, registry, decision);
    return found;
  });
}

}  // namespace passerelle::service
