// Numbers with right keys that nobody bears: NIR, SIREN, SIRET.
#pragma once

#include <string>
#include <string_view>

#include "gateway/generation/dice.hpp"

namespace passerelle::generation {

/// The thirteen characters of a NIR with its key (97 less the number modulo 97, 2A read as 19 and 2B as 18).
[[nodiscard]] std::string with_nir_key(std::string_view body);
/// Digits with the last that makes the sum of Luhn a multiple of ten.
[[nodiscard]] std::string with_luhn_key(std::string body);

[[nodiscard]] std::string draw_siren(Dice& dice);
/// An establishment of that firm.
[[nodiscard]] std::string draw_siret(std::string_view siren, Dice& dice);

}  // namespace passerelle::generation
