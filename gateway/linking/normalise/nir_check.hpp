// What a NIR says of the person who bears it, held against the rest of the record.
#pragma once

#include <cstdint>
#include <string_view>

namespace passerelle::linking {

/// What else a record says, normalised; empty or 0 where it says nothing.
struct NirWitness {
  std::string_view sex;            ///< normalise_sex
  std::uint32_t birth = 0;         ///< PartialDate::packed
  std::string_view birth_commune;  ///< normalise_commune
};

/// How many of the facts that 13 characters of a NIR encode (decree 82-103: sex, year, month, departement of
/// birth) the record contradicts, 0 to 4. A fact that either side does not tell contradicts nothing, nor does
/// an uncertain day (1 January, 31 December) the month. Departements that were cut or moved count as one:
/// Corsica; Seine and Seine-et-Oise (law of 1964); what lay in Algeria, Morocco and Tunisia, and abroad.
[[nodiscard]] unsigned nir_contradictions(std::string_view nir13, const NirWitness& witness);

}  // namespace passerelle::linking
