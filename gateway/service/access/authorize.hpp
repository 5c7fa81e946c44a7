// How a use case gets its decision: who asks is known, the facts are established, the engine answers, and the
// conditions of its answer are met. What is refused has left its trace.
#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "gateway/model/numero_unique.hpp"
#include "gateway/policy/engine.hpp"
#include "gateway/service/registry/filing.hpp"
#include "gateway/service/registry/registry.hpp"

namespace passerelle::service {

/// Who asks, as a door knows it.
struct Requester {
  policy::Actor actor;
  policy::Purpose purpose{};
  policy::Channel channel{};
  model::Personal<std::string> reason;  ///< why now, in their words
};

/// Whoever runs our program on its own machine, with its keys: `agent` says which account of the machine.
[[nodiscard]] Requester local_administrator(std::string body, std::string agent);

/// Roles that the tables of access name and the gateway itself plays.
inline constexpr std::string_view administrator_role = "administrateur-local";

/// The rules of refusals that no table writes, beside those of the engine.
inline constexpr std::string_view denied_without_reason = "refus-sans-motif";
inline constexpr std::string_view denied_by_quota = "refus-quota";
inline constexpr std::string_view denied_to_others = "refus-destinataire";

/// The rules of alerts that no table writes: someone else looks at what an account did in a day, and learns
/// of no demande (judge_reading.hpp).
inline constexpr std::string_view alert_of_quota = "alerte-quota";
inline constexpr std::string_view alert_of_vain_searches = "alerte-recherches-vaines";

/// Searches of a day from which on it tells something that most of them found nobody.
inline constexpr int least_vain_searches = 20;

using Authorization = tl::expected<policy::Decision, policy::Denial>;

/// For an action on no demande, or on one that does not exist yet.
[[nodiscard]] Authorization authorize(const Registry& registry, const Requester& requester,
                                      policy::Action action, const std::vector<std::string>& territories);

/// For the deposit of a demande in a territory: the places that it asks for say whose it is (CCH R441-2-6).
[[nodiscard]] Authorization authorize_filing(const Registry& registry, const Requester& requester,
                                             const std::string& territory, const Filing& filing);

/// For an action on the demande of a number. A number that leads to none is refused by the same statements
/// and with the same answer as a demande that is not for who asks; nothing distinguishes them but to those
/// who may read the whole territory.
[[nodiscard]] Authorization authorize_on(const Registry& registry, const Requester& requester,
                                         policy::Action action, const model::NumeroUnique& numero);

/// For what a person of a household does about the demande that brought a number, even once it was merged
/// into another, to which that person is a stranger.
[[nodiscard]] Authorization authorize_on_own(const Registry& registry, const Requester& requester,
                                             policy::Action action, const model::NumeroUnique& numero);

/// For an action on many demandes of a territory, or a search among them: permitted when some demande could
/// be. `authorize_row` then says which.
[[nodiscard]] Authorization authorize_many(const Registry& registry, const Requester& requester,
                                           policy::Action action, const std::string& territory);

/// For what a partner is told of a territory. A program takes its own news, never those of another.
[[nodiscard]] Authorization authorize_telling(const Registry& registry, const Requester& requester,
                                              const std::string& territory, const std::string& recipient);

/// Whether who may register learns that a demande is there already, and its number: those do who might have
/// registered it as it is, and be answered at once. For the others it is as if nobody had deposited anything
/// (CCH R441-2-3).
[[nodiscard]] bool is_told(const Registry& registry, const policy::Decision& decision,
                           const store::Standing& standing);

/// Counts a search that found nobody, where the rule of its decision counts searches; an account that finds
/// nobody by most of its searches of a day leaves one alert.
void note_vain_search(store::Transaction& transaction, const policy::Decision& decision);

/// The answer for one demande of many, whose trace is that of the whole: nothing when it is not for who asks.
[[nodiscard]] std::optional<policy::Decision> authorize_row(const Registry& registry,
                                                            const policy::Decision& many,
                                                            const model::Uuid& demande,
                                                            const store::Standing& standing);

}  // namespace passerelle::service
