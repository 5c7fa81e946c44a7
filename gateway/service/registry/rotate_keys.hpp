// The use case of turning keys: what older generations sealed is written again, then they are forgotten.
#pragma once

#include <cstdint>

#include "gateway/policy/decision.hpp"
#include "gateway/service/registry/registry.hpp"

namespace passerelle::service {

/// Writes again, under the generation that writes, what older ones of `demande` (the wrapped key of each
/// demande, 60 octets) or `nir` (each social security number) sealed in the territories of the decision. Of
/// `message` nothing is written again: messages go with their retention. May be interrupted and run again.
/// Returns how many rows were written. Not for `match`: hashes of messages that are gone cannot be computed
/// again.
std::uint64_t rewrite_under_present_key(const Registry& registry, const policy::Decision& decision,
                                        store::KeyUse use);

/// Forgets a generation that does not write, unless a row of the territories of the decision, which are all
/// of them, needs it to be read. Whether it did. No other gateway may be running: it would still write under
/// it.
bool forget_generation(const Registry& registry, const policy::Decision& decision, store::KeyFile& keys,
                       std::pair<store::KeyUse, store::KeyFile::Generation> forgotten);

}  // namespace passerelle::service
