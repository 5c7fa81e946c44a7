// What was read in an emergency, or of the gravest facts, and who searched too much: someone else looks at it
// later, and says whether it was right.
#pragma once

#include <string>
#include <vector>

#include "gateway/model/personal.hpp"
#include "gateway/service/access/access_refusal.hpp"
#include "gateway/store/approval_table.hpp"

namespace passerelle::service {

/// What someone else will look at, since the rule of a decision says so: an emergency, the gravest facts. The
/// reason is sealed under the key of the demande.
void queue_review(store::Transaction& transaction, const policy::Decision& decision,
                  const store::DemandeId& demande, const store::SecretKey& key);

/// A reading that waits, with the reason that was given for it.
struct WaitingReading {
  store::OpenReading reading;
  model::Personal<std::string> reason;  ///< empty once its demande was erased, and of an alert about none
};

/// Those of the territory of the decision, alerts first.
[[nodiscard]] std::vector<WaitingReading> list_readings(const Registry& registry,
                                                        const policy::Decision& decision);

/// Says of a reading that it was `justifie` or `injustifie`, once. Never whoever read.
tl::expected<bool, policy::Denial> judge_reading(const Registry& registry, const policy::Decision& decision,
                                                 const model::Uuid& reading, const std::string& outcome);

}  // namespace passerelle::service
