#include "gateway/service/registry/register_demande.hpp"

#include <algorithm>
#include <cassert>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "gateway/service/access/authorize.hpp"
#include "gateway/service/registry/deposit_demande.hpp"
#include "gateway/service/registry/refusal.hpp"
#include "gateway/service/registry/registration_attempt.hpp"
#include "gateway/store/access_table.hpp"

namespace passerelle::service {
namespace {

using model::FaultCode;
using store::Transaction;

/// Whether a refusal would tell of a demande that is not for who asks.
bool is_withheld(const Registry& registry, const policy::Decision& decision, const Filing& filing,
                 const model::Faults& faults) {
  if (std::ranges::find(faults, FaultCode::registry_numero_taken, &model::Fault::code) == faults.end())
    return false;
  return store::in_transaction(registry.pool, scope_of(decision), [&](Transaction& transaction) {
    const auto found = store::find_standing(transaction, decision.territories().front(),
                                            std::string(filing.numero->text().reveal()));
    return !found || !is_told(registry, decision, found->standing);
  });
}

}  // namespace

std::string content_key(const Registry& registry, const model::Personal<std::string>& content,
                        std::string_view occasion) {
  const std::string use = occasion.empty() ? "content key" : fmt::format("content key/{}", occasion);
  const store::Bytes mac =
      store::keyed_hash(registry.keys.current_key(store::KeyUse::match), use, content.reveal());
  return fmt::format("contenu/{:02x}", fmt::join(mac, ""));
}

tl::expected<Registration, model::Faults> register_demande(const Registry& registry,
                                                           const policy::Decision& decision,
                                                           const Filing& filing, const Message& message) {
  assert(decision.action() == policy::Action::register_demande ||
         decision.action() == policy::Action::import_file);
  assert(decision.territories().size() == 1 && !filing.holders.empty());
  if (is_deferred(decision)) return deposit_demande(registry, decision, filing, message);
  auto answer = attempt(registry, decision, [&](Transaction& transaction) {
    return *RegistrationAttempt(registry, decision, filing, message).run(transaction);
  });
  if (answer || !is_withheld(registry, decision, filing, answer.error())) return answer;
  keep_for_a_person(registry, decision, message, answer.error());
  return Registration{Registered::received, std::nullopt};
}

}  // namespace passerelle::service
