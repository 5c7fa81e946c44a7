// Which facts an event leaves.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/model/fact.hpp"

namespace passerelle::reports {

/// The kind of a fact that is half of a change: a demande leaves one band and enters another.
inline constexpr std::string_view bands_changed = "bands_changed";
/// The kinds of events that reports count by their name.
inline constexpr std::string_view filing_kind = "registration";
inline constexpr std::string_view renewal_kind = "renewed";
inline constexpr std::string_view reactivation_kind = "reactivated";
inline constexpr std::string_view undone_kind = "radiation_undone";
/// The motive of a radiation by which a household was housed.
inline constexpr std::string_view lease_motive = "attribution";

/// Where a demande stands in the active stock, and with which bands.
struct Standing {
  bool counted = false;
  model::Bands bands;
};

/// An event as reports see it.
struct Happening {
  std::string kind;
  std::string day;                         ///< YYYY-MM-DD; the month alone is kept
  std::string deposited_on;                ///< YYYY-MM-DD
  std::optional<std::string> motive = {};  ///< of a radiation, or of one that is taken back
};

/// The fact of the event and, where a demande of the stock goes from one band to another, one that leaves and
/// one that enters. What leaves has the bands with which it entered: no stock of a band is ever negative.
[[nodiscard]] std::vector<model::Fact> facts_of(const Happening& happening, const Standing& before,
                                                const Standing& after);

/// Whole months from a day to another, both YYYY-MM-DD; 0 when the second is not later.
[[nodiscard]] std::int16_t months_between(std::string_view from, std::string_view to);

}  // namespace passerelle::reports
