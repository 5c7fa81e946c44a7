// What reports count of an event: bands, a month, and nothing that leads to anyone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace passerelle::model {

/// A demande as reports see it.
struct Bands {
  std::optional<std::string> commune;     ///< the first wanted, code of Insee
  std::optional<std::string> age;         ///< of the demandeur: `15-29`, `30-44`, `45-59`, `60-74`, `75+`
  std::optional<std::int16_t> household;  ///< persons to be housed, 1 to 6, six and more
  std::optional<std::string> typologie;   ///< the first wanted, code of the pivot list `typeLogement`
  std::optional<std::string> resources;   ///< euros a month per consumption unit: `0000-0499` ... `2000+`
  std::optional<std::string> housing;     ///< the present one, code of the pivot list `occupation`

  friend bool operator==(const Bands&, const Bands&) = default;
};

/// One event, or one half of a change of bands.
struct Fact {
  std::string month;  ///< YYYY-MM-01
  std::string kind;   ///< of the event; `bands_changed` for such a half
  Bands bands;
  std::optional<std::string> motive = {};  ///< of a radiation, code of the pivot list `motifRadiation`
  std::int16_t motion = 0;                 ///< 1: enters the active stock, -1: leaves it
  std::optional<std::int16_t> delay = {};  ///< whole months from the deposit to a lease

  friend bool operator==(const Fact&, const Fact&) = default;
};

/// How many facts are the same up to the month.
struct CountedFact {
  bool of_the_year = false;  ///< or of one before
  Fact fact;                 ///< its month is empty
  std::int64_t count = 0;
};

}  // namespace passerelle::model
