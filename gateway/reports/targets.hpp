// The targets of attribution (CCH L441-1): quartiles of resources, and the share of the first outside the
// priority districts.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gateway/model/lease_fact.hpp"
#include "gateway/reports/bands.hpp"
#include "gateway/reports/year_report.hpp"

namespace passerelle::reports {

/// The amounts of a place on a day, cents per unit of consumption; nothing: not known.
struct QuartileAmounts {
  std::optional<std::int64_t> first;   ///< a year: below it is the first quartile
  std::optional<std::int64_t> second;  ///< a month
  std::optional<std::int64_t> third;   ///< a month
};

/// `1` to `4`, or `2-4` where the amounts of the others are not known; nothing where the first is not, or who
/// signs did not say what is received. Resources are those of a month twelve times, over the units of
/// consumption of that day.
[[nodiscard]] std::optional<std::string> quartile_of(const Profile& profile, const model::Date& on,
                                                     const QuartileAmounts& amounts);

/// The least share of a commune, per cent, as its threshold writes it.
using TargetOf = std::map<std::string, std::string>;

/// Leases by quartile; then, of all, of each commune of the dwelling and of each bailleur, how many there
/// were, how many of them outside the priority districts, how many of those to the first quartile or because
/// of urban renewal, and their share. Where the district is not said, a lease is in neither.
[[nodiscard]] std::vector<Line> target_lines(std::span<const model::CountedLease> leases,
                                             const TargetOf& targets);
/// The totals alone, and only when none of them, nor what is left of one without the next, is below the
/// threshold of the statistical secret.
[[nodiscard]] std::vector<Line> target_lines_for_everyone(std::span<const model::CountedLease> leases,
                                                          std::int64_t threshold);

}  // namespace passerelle::reports
