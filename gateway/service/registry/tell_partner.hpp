// The use case of the outbox: what a partner must be told, in order for each demande, until it says that it
// has it.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "gateway/model/numero_unique.hpp"
#include "gateway/policy/decision.hpp"
#include "gateway/service/registry/registry.hpp"
#include "gateway/store/exchange_table.hpp"

namespace passerelle::service {

/// One line to send.
struct PartnerNews {
  store::NewsId id;
  std::string kind;  ///< of the event
  int version;       ///< of the demande, to be sent
  int attempts;      ///< this one included
  /// The present number; behind it, when the event moved numbers, every other one that leads to it; those of
  /// a demande since erased, as long as they can be read. None in a notice to its people.
  std::vector<model::NumeroUnique> numeros;
};

/// Up to `limit` lines for a partner of the territory of the decision, the oldest first; nobody else gets
/// them before the end of the lease, and a line waits until those before it of its demande are acknowledged.
[[nodiscard]] std::vector<PartnerNews> take_partner_news(const Registry& registry,
                                                         const policy::Decision& decision,
                                                         const std::string& recipient,
                                                         std::chrono::seconds lease, int limit);

/// The partner has it. Whether it was waiting for that.
bool acknowledge_partner_news(const Registry& registry, const policy::Decision& decision,
                              const std::string& recipient, const store::NewsId& news);

/// The partner will never take it as it is, for a reason that is a code and no value: a person must look, and
/// what follows for its demande waits. Whether it was waiting.
bool refuse_partner_news(const Registry& registry, const policy::Decision& decision,
                         const std::string& recipient, const store::NewsId& news, const std::string& reason);

/// One line that its partner refused.
struct RefusedPartnerNews {
  PartnerNews news;
  std::string reason;  ///< a code
  model::Time refused_at;
};
/// Those that wait for a person, the oldest first.
[[nodiscard]] std::vector<RefusedPartnerNews> list_refused_partner_news(const Registry& registry,
                                                                        const policy::Decision& decision,
                                                                        const std::string& recipient);

/// What made the partner refuse it was mended: it is sent again, before what follows for its demande. Whether
/// it had been refused.
bool requeue_partner_news(const Registry& registry, const policy::Decision& decision,
                          const std::string& recipient, const store::NewsId& news);

}  // namespace passerelle::service
