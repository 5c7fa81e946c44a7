// Spoils a repeated line as offices and people do: typing, reading, marriages, moves, omissions.
#pragma once

#include "gateway/linking/generate/population.hpp"

namespace passerelle::linking {

/// The person as another line would show her.
[[nodiscard]] Person spoil(Person person, const ErrorRates& rates, Random& random, Population& population);

/// One letter changed, dropped, doubled or swapped with its neighbour. Letters only, UTF-8 is kept whole.
[[nodiscard]] std::string mistype(std::string text, Random& random);

/// Letters that a scanner takes for one another (m/rn, l/i, o/c...); the text itself when there is none.
[[nodiscard]] std::string misread(std::string text, Random& random);

/// Another spelling of the same sound (ph/f, y/i, au/o, doubled consonants); the text itself when none fits.
[[nodiscard]] std::string respell(std::string text, Random& random);

}  // namespace passerelle::linking
