// The use case of a restored copy: what was erased since it was made is erased again before anyone opens it.
#pragma once

#include <cstdint>
#include <vector>

#include "gateway/policy/decision.hpp"
#include "gateway/service/registry/registry.hpp"
#include "gateway/store/erasure_journal.hpp"

namespace passerelle::service {

/// What became of the demandes of a journal.
struct ErasureReplay {
  std::int64_t erased = 0;  ///< by this replay
  std::int64_t known = 0;   ///< the copy had forgotten them
  std::int64_t absent = 0;  ///< the copy is older than they
};

/// Whether the journal has every erasure that the copy knows, in the territories of the decision: one that
/// lacks some is another's, or has lost lines.
[[nodiscard]] bool covers(const Registry& registry, const policy::Decision& decision,
                          const std::vector<store::JournaledErasure>& journal);

/// Erases each demande of the journal that the copy still has, in a transaction of its own with its trace.
/// The event keeps the rank that partners know, so that whoever was told already drops it as told twice; in
/// an older history ranks are then missing: those of what was lost. A demande that is merged in the copy
/// leaves first: the one it was merged into is erased only if it has a line too. May be run again.
[[nodiscard]] ErasureReplay replay_erasures(const Registry& registry, const policy::Decision& decision,
                                            const std::vector<store::JournaledErasure>& journal);

/// Has the copy begin behind whatever the lost time may have given (store::queue_lost_time), once, and leaves
/// a trace in each territory.
void skip_lost_time(const Registry& registry, const policy::Decision& decision);

}  // namespace passerelle::service
