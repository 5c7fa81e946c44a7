// What every part of an invented demande is drawn against.
#pragma once

#include "gateway/generation/calendar.hpp"
#include "gateway/generation/territory.hpp"
#include "gateway/generation/vocabulary.hpp"

namespace passerelle::generation {

struct Scene {
  const Vocabulary& words;
  const Territory& territory;  ///< where the household asks to live
  const Territory& country;
  const Weighted<const Language*>& languages;  ///< of the territory
  Day today;
};

/// A commune where people of the territory live or work: there, seldom elsewhere.
[[nodiscard]] inline const model::Commune& draw_near(const Scene& scene, std::uint64_t percent_there,
                                                     Dice& dice) {
  return (dice.percent(percent_there) ? scene.territory : scene.country).draw(dice);
}

}  // namespace passerelle::generation
