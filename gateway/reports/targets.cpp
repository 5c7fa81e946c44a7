#include "gateway/reports/targets.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace passerelle::reports {
namespace {

constexpr int months = 12;
constexpr int tenths = 10;

/// What is counted of some leases.
struct Tally {
  std::int64_t leases = 0;
  std::int64_t outside = 0;  ///< of the priority districts
  std::int64_t reached = 0;  ///< of those: the first quartile, or urban renewal

  void add(const model::CountedLease& counted) {
    const model::LeaseFact& lease = counted.lease;
    leases += counted.count;
    if (lease.qpv != false) return;
    outside += counted.count;
    if (lease.renewal || lease.quartile == "1") reached += counted.count;
  }
};

/// Per cent, to one decimal, half up.
std::string share_of(const Tally& tally) {
  if (tally.outside == 0) return std::string(no_ratio);
  const std::int64_t thousandths = (2000 * tally.reached + tally.outside) / (2 * tally.outside);
  return fmt::format("{}.{}", thousandths / 10, thousandths % 10);
}

void add_lines(const Tally& tally, const std::string& by, const std::string& value,
               std::vector<Line>& lines) {
  lines.push_back({"leases", by, value, fmt::format("{}", tally.leases)});
  lines.push_back({"leases_outside_qpv", by, value, fmt::format("{}", tally.outside)});
  lines.push_back({"first_quartile_outside_qpv", by, value, fmt::format("{}", tally.reached)});
  lines.push_back({"share_outside_qpv", by, value, share_of(tally)});
}

Tally total_of(std::span<const model::CountedLease> leases) {
  Tally total;
  for (const model::CountedLease& counted : leases) total.add(counted);
  return total;
}

/// The tallies of the values that `value_of` gives.
template <typename ValueOf>
std::map<std::string, Tally> tallies_by(std::span<const model::CountedLease> leases, ValueOf value_of) {
  std::map<std::string, Tally> tallies;
  for (const model::CountedLease& counted : leases)
    tallies[value_of(counted.lease).value_or(std::string(unknown))].add(counted);
  return tallies;
}

}  // namespace

std::optional<std::string> quartile_of(const Profile& profile, const model::Date& on,
                                       const QuartileAmounts& amounts) {
  if (!profile.resources_cents || !amounts.first) return std::nullopt;
  const std::int64_t units = consumption_tenths(profile, on);
  const std::int64_t month = *profile.resources_cents * tenths;  // to be held against amounts times units
  if (month * months < *amounts.first * units) return "1";
  if (!amounts.second || !amounts.third) return "2-4";
  if (month < *amounts.second * units) return "2";
  return month < *amounts.third * units ? "3" : "4";
}

std::vector<Line> target_lines(std::span<const model::CountedLease> leases, const TargetOf& targets) {
  std::vector<Line> lines;
  add_lines(total_of(leases), "total", "", lines);
  for (const auto& [quartile, tally] : tallies_by(leases, [](const auto& lease) { return lease.quartile; }))
    lines.push_back({"leases", "quartile", quartile, fmt::format("{}", tally.leases)});
  for (const auto& [commune, tally] : tallies_by(leases, [](const auto& lease) { return lease.commune; })) {
    add_lines(tally, "commune", commune, lines);
    const auto target = targets.find(commune);
    if (target != targets.end()) lines.push_back({"target_outside_qpv", "commune", commune, target->second});
  }
  for (const auto& [bailleur, tally] : tallies_by(leases, [](const auto& lease) { return lease.bailleur; }))
    add_lines(tally, "bailleur", bailleur, lines);
  return lines;
}

std::vector<Line> target_lines_for_everyone(std::span<const model::CountedLease> leases,
                                            std::int64_t threshold) {
  const Tally total = total_of(leases);
  std::vector<Line> lines;
  add_lines(total, "total", "", lines);
  for (const std::int64_t told : {total.leases, total.outside, total.reached, total.leases - total.outside,
                                  total.outside - total.reached}) {
    if (told >= threshold) continue;
    for (Line& line : lines) line.figure = secret_figure;
  }
  return lines;
}

}  // namespace passerelle::reports
