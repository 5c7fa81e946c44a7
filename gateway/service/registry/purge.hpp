// The use case of the purge: what has passed the retention of its store goes, first seen, then done.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/policy/decision.hpp"
#include "gateway/service/registry/registry.hpp"

namespace passerelle::service {

/// What goes, or went, of one kind of data.
struct Purged {
  std::string store;   ///< as the table `retention` names it
  model::Time before;  ///< what is older goes
  std::int64_t rows;
};

/// Counts what a purge would delete now in the territories of the decision. Empty when no duration was
/// loaded. Each territory keeps a trace of it.
[[nodiscard]] std::vector<Purged> preview_purge(const Registry& registry, const policy::Decision& decision);

/// Deletes it, page after page, each with its trace, then the weeks of raw messages that it emptied. Does
/// nothing and returns nothing when there is more than `at_most`: a mass effect beyond a usual day is for a
/// person to see. May be interrupted and run again.
[[nodiscard]] std::optional<std::vector<Purged>> purge_expired(const Registry& registry,
                                                               const policy::Decision& decision,
                                                               std::optional<std::int64_t> at_most = {});

}  // namespace passerelle::service
