// Which facts the relatives of a person share with that person.
#pragma once

#include "gateway/linking/train/model.hpp"

namespace passerelle::linking {

/// Whether one person alone bears the number.
[[nodiscard]] bool is_own_number(Kind kind) noexcept;

/// Twins share all but first names, sex and numbers of their own; members of a household share the last name,
/// places and contacts; a parent and child of one name share all but the date and numbers of their own;
/// homonyms of one birthday share names and date, nothing else.
[[nodiscard]] bool shares(Hypothesis hypothesis, Kind kind) noexcept;

/// The bits of a level under a hypothesis, given the bits it has for one person.
[[nodiscard]] double bits_under(Hypothesis hypothesis, Kind kind, Level level,
                                const TrainedComparison& trained);

}  // namespace passerelle::linking
