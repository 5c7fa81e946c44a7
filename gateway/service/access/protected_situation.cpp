#include "gateway/service/access/protected_situation.hpp"

namespace passerelle::service {

bool is_protected(const Registry& registry, const policy::Decision& decision, store::Transaction& transaction,
                  const store::DemandeId& demande) {
  if (registry.pivot == nullptr) return false;
  const auto found = store::find_present(transaction, demande);
  if (!found) return false;
  const store::SecretKey key = open_demande_key(registry.keys, demande.id, found->key);
  return PivotMask(*registry.pivot)
      .holds(open_version(key, *found).pivot, decision, policy::FieldClasses{policy::FieldClass::violence});
}

}  // namespace passerelle::service
