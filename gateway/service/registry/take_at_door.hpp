// The use case of one message at a door: who asks does with it what they may do.
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "gateway/service/access/authorize.hpp"
#include "gateway/service/life/life_rules.hpp"
#include "gateway/service/registry/quarantine.hpp"
#include "gateway/service/registry/register_demande.hpp"

namespace passerelle::service {

/// As `take_message` does it, in a territory: a program of exchange imports; anyone else does each thing by
/// their own right to do it, on the demande that it is about. What was received before, and has got its
/// number since, is answered with it. What is not theirs to do is refused with `access_denied`, whether the
/// demande is there or not.
[[nodiscard]] tl::expected<Registration, model::Faults> take_at_door(const Registry& registry,
                                                                     const Requester& requester,
                                                                     const std::string& territory,
                                                                     const LifeRules& rules,
                                                                     const FiledMessage& filed);

/// Keeps for a person what a door could not take, with the faults that stopped it, for who might have
/// imported or registered it in the territory; for anyone else nothing is kept. Whether it is kept: not what
/// waits already (`quarantine_message`).
bool keep_at_door(const Registry& registry, const Requester& requester, const std::string& territory,
                  const StoppedMessage& stopped, const model::Faults& faults);

}  // namespace passerelle::service
