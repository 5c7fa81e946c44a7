#include "gateway/service/registry/separate_household.hpp"

#include <cassert>

#include "gateway/service/registry/refusal.hpp"
#include "gateway/service/registry/registration_attempt.hpp"

namespace passerelle::service {

tl::expected<Registration, model::Faults> separate_household(const Registry& registry,
                                                             const policy::Decision& decision,
                                                             const LifeRules& rules,
                                                             const model::NumeroUnique& left,
                                                             const FiledMessage& filed) {
  assert(decision.action() == policy::Action::separate_household ||
         decision.action() == policy::Action::import_file);
  return attempt(registry, decision, [&](store::Transaction& transaction) {
    return RegistrationAttempt(registry, decision, filed.filing, filed.message)
        .leave(transaction, rules, left);
  });
}

}  // namespace passerelle::service
