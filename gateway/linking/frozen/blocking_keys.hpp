// The blocking keys of one person under frozen rules: people who share one are compared.
#pragma once

#include <cstdint>
#include <vector>

#include "gateway/linking/frozen/frozen_model.hpp"
#include "gateway/model/geography.hpp"

namespace passerelle::linking {

/// Sorted, each once; one per rule that applies and more where columns stand for one another, so 8 to 16 for
/// most people, fewer for a person of whom little is known. The same on every machine and for ever, as long
/// as `rules_fingerprint` is. Keys are hashes without a secret: they are personal data. Missing cells are
/// unknown, further ones are not read. The geography may be null; it matters where the spec has codes of
/// communes.
[[nodiscard]] std::vector<std::uint64_t> blocking_keys(const FrozenModel& frozen, const Cells& cells,
                                                       const model::Geography* geography = nullptr);

/// Changes when keys may change: with the rules, the columns they read, or the way in which this program
/// normalises and hashes (seen on the keys of a few invented people). Keys stored under another fingerprint
/// are to be made again.
[[nodiscard]] std::uint64_t rules_fingerprint(const FrozenModel& frozen);

}  // namespace passerelle::linking
