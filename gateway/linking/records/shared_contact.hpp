// Disarms contacts that many people share: the phone of a social worker links nobody.
#pragma once

#include <cstddef>

#include "gateway/linking/records/records.hpp"

namespace passerelle::linking {

/// Last names, as heard, under which one contact may stand before it counts as nobody's own. A household of
/// three generations has four at most, and each may be mistyped once.
inline constexpr std::size_t most_names_of_contact = 8;

/// Takes phones and e-mails that stand under more names for missing, in both files at once, so that they
/// neither block nor weigh. Without last names the lines themselves are counted. Counts follow.
void disarm_shared_contacts(Records& records, const Executor& run);

}  // namespace passerelle::linking
