// A country of eight communes and the shipped words, to draw demandes against.
#pragma once

#include "gateway/generation/demande_generator.hpp"
#include "gateway/mapping/pivot_catalogue.hpp"

namespace passerelle::generation {

/// Allier with two communes of 3 to 1, both Corsican departements, Paris by its arrondissements.
[[nodiscard]] model::Geography sample_geography();

[[nodiscard]] inline Vocabulary shipped_words() {
  return Vocabulary(PASSERELLE_SOURCE "/mappings/generation");
}

[[nodiscard]] mapping::PivotCatalogue shipped_pivot();

}  // namespace passerelle::generation
