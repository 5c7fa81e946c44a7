// The bands in which reports see a demande: a function of what it says and of a day, and of nothing else.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/model/date.hpp"
#include "gateway/model/fact.hpp"

namespace passerelle::reports {

/// What a demande says of what bands are made of. Codes are of their lists, or empty: a word of somebody
/// never becomes a band.
struct Profile {
  std::optional<model::Date> born;              ///< the demandeur
  std::string commune;                          ///< the first wanted
  std::string typologie;                        ///< the first wanted
  std::string housing;                          ///< the present one
  int persons = 0;                              ///< to be housed; 0: nobody knows
  std::optional<std::int64_t> resources_cents;  ///< received in a month by everyone; nothing: not said
  /// Who else of the household will live there; nothing for a birth date that is not known.
  std::vector<std::optional<model::Date>> others;
};

/// Units of consumption in tenths: 10 for the demandeur, 5 for each other from 14 years on that day or of
/// unknown age, 3 below (the usual scale, domain of statistics). Assumption: a child to be born and one who
/// only visits do not count, one in alternating custody does.
[[nodiscard]] int consumption_tenths(const Profile& profile, const model::Date& on);

/// The bands of that day.
[[nodiscard]] model::Bands bands_of(const Profile& profile, const model::Date& on);

/// One line, and back: how bands are kept under the key of their demande. Nothing for a text of another form.
[[nodiscard]] std::string bands_text(const model::Bands& bands);
[[nodiscard]] std::optional<model::Bands> parse_bands(std::string_view text);

}  // namespace passerelle::reports
