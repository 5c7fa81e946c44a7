// What a demande of the pivot says of what the bands of reports are made of.
#pragma once

#include "gateway/codec/record.hpp"
#include "gateway/model/personal.hpp"
#include "gateway/reports/bands.hpp"

namespace passerelle::service {

/// Words of a list that is not theirs, and communes of another form, are as if nothing had been said: bands
/// stand in clear.
[[nodiscard]] model::Personal<reports::Profile> read_profile(const codec::Record& demande);

/// The day of the last renewal that a demande tells, YYYY-MM-DD; nothing when it tells none.
[[nodiscard]] std::optional<std::string> renewed_on(const codec::Record& demande);
/// When and why a demande says that it was radiated.
struct ToldRadiation {
  std::optional<std::string> on;  ///< YYYY-MM-DD
  std::optional<std::string> motive;
};
[[nodiscard]] ToldRadiation told_radiation(const codec::Record& demande);

}  // namespace passerelle::service
