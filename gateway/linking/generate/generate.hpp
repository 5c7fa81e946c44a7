// Labelled French duplicates, since no public set exists: people, their repeated lines, and the truth.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/linking/generate/error_rates.hpp"
#include "gateway/linking/generate/person.hpp"
#include "gateway/linking/generate/population.hpp"

namespace passerelle::linking {

/// At least `count` lines (the last household is whole), in an order that says nothing. One seed, one file.
[[nodiscard]] std::vector<GeneratedRecord> generate_people(std::size_t count, std::uint64_t seed,
                                                           const ErrorRates& rates,
                                                           const NameLists& names = {});

/// id,nom_naissance,nom_usage,prenoms,date_naissance,lieu_naissance,sexe,adresse,code_postal,ville,telephone,
/// courriel,demande,telephone_2,nir
[[nodiscard]] std::string write_people(const std::vector<GeneratedRecord>& records);

/// id,cluster,family
[[nodiscard]] std::string write_truth(const std::vector<GeneratedRecord>& records);

}  // namespace passerelle::linking
