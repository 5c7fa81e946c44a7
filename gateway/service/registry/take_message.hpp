// The use case of what comes in a file: it registers a demande or, when it says so, does something to one.
#pragma once

#include <cstdint>
#include <tl/expected.hpp>

#include "gateway/policy/decision.hpp"
#include "gateway/service/life/life_rules.hpp"
#include "gateway/service/registry/register_demande.hpp"

namespace passerelle::service {

/// By its kind, when it is imported and its number leads to a demande: a modification and a renewal change
/// that demande, a radiation ends it, or takes its end back; a separation leaves the demande that it names
/// for a new one. Anything else registers. Refuses as those use
/// cases do, and a radiation of nobody that is known. The decision is to register or to import.
[[nodiscard]] tl::expected<Registration, model::Faults> take_message(const Registry& registry,
                                                                     const policy::Decision& decision,
                                                                     const LifeRules& rules,
                                                                     const FiledMessage& filed);

/// What `take_message` would do.
enum class Foreseen : std::uint8_t {
  registers,  ///< or finds that the household has a demande already
  changes,    ///< something happens to a demande that is there
};

/// Looks as far as can be seen without doing it: whether its number leads to a demande, and of what registers
/// its desk and its first place. Refuses for those as `take_message` does; leaves no trace of its own.
[[nodiscard]] tl::expected<Foreseen, model::Faults> foresee_message(const Registry& registry,
                                                                    const policy::Decision& decision,
                                                                    const Filing& filing);

}  // namespace passerelle::service
