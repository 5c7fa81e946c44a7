// What forbids the machine to decide alone that two records are one person.
#pragma once

#include <cstdint>
#include <vector>

#include "gateway/linking/block/candidates.hpp"
#include "gateway/linking/compare/comparison.hpp"

namespace passerelle::linking {

/// Why a pair above the threshold is still shown to a reader.
enum class Guard : std::uint8_t {
  none,
  same_demande,      ///< two persons of one demande are never one person
  other_first_name,  ///< twins, spouses: first names known and unlike
  usual_beginning,   ///< twins, spouses: a frequent first name alone, more on one side, two e-mails
  other_email_name,  ///< twins, spouses: an e-mail that bears the first names of one of them alone
  other_date,        ///< parent and child, homonyms: dates known and unlike
  other_number,      ///< two different NIR
  too_little,        ///< neither first name nor date known on both sides
};

/// The first guard that a pattern meets. A personal number is never the only proof, since that of a parent or
/// spouse is often typed: it lifts the guard of first names when dates agree, and that of dates when first
/// names are alike. The token of a number does the first only: nobody can hold it against a date, and a
/// father's on his son's demande looks just so.
[[nodiscard]] Guard guard_of(const Records& records, const std::vector<Comparison>& comparisons,
                             PairOfRecords pair, Pattern pattern);

}  // namespace passerelle::linking
