// Deposits of those who may not learn at once whether a demande is there already: a receipt now, the number
// later, whatever there is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "gateway/mapping/pivot_catalogue.hpp"
#include "gateway/model/numero_unique.hpp"
#include "gateway/service/registry/register_demande.hpp"
#include "gateway/store/deposit_table.hpp"

namespace passerelle::service {

/// Whether the class of who asks is always answered later (CCH R441-2-3; docs/decisions.md).
[[nodiscard]] bool is_deferred(const policy::Decision& decision) noexcept;

/// Keeps what came. Nothing that others have deposited is looked at: a known and an unknown person cost the
/// same statements and get the same answer. Refuses what the message alone makes wrong: the desk, the place,
/// its key used for another content. The same key again gets the same receipt.
[[nodiscard]] tl::expected<Registration, model::Faults> deposit_demande(const Registry& registry,
                                                                        const policy::Decision& decision,
                                                                        const Filing& filing,
                                                                        const Message& message);

/// Keeps a message that is refused for what others have deposited, which its sender must not learn.
void keep_for_a_person(const Registry& registry, const policy::Decision& decision, const Message& message,
                       const model::Faults& faults);

/// What became of the deposits that waited.
struct Settlement {
  std::uint64_t settled = 0;
  std::uint64_t refused = 0;  ///< a person must look
};

/// Registers what waits in a territory, the oldest first, each in the name of who deposited it and by the
/// rights that they have now, in a transaction of its own; those that another process has at hand are left to
/// it. Of no caller: the gateway's own. Throws store::DatabaseError; what was settled stays so.
Settlement settle_deposits(const Registry& registry, const mapping::PivotCatalogue& catalogue,
                           const std::string& territory);

/// That a deposit is settled, or the faults that refused it; none when a rule denied it.
using Settled = tl::expected<void, model::Faults>;

/// Settles one that was refused, whose content quarantine holds: as above, once more.
[[nodiscard]] Settled settle_refused(const Registry& registry, const mapping::PivotCatalogue& catalogue,
                                     const std::string& territory, const store::WaitingDeposit& refused);

/// Those that a person must look at.
[[nodiscard]] std::vector<store::RefusedDeposit> list_refused_deposits(const Registry& registry,
                                                                       const policy::Decision& decision);

/// The number that the message of a key got, for the body that sent it: present today, new or that of a
/// demande that was there before. Nothing while it waits, when it was refused, or erased.
[[nodiscard]] std::optional<model::NumeroUnique> settled_numero(const Registry& registry,
                                                                const policy::Decision& decision,
                                                                const std::string& key);

}  // namespace passerelle::service
