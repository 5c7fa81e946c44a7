// Small shapes whose demandes are lines: three columns of CSV, or the same in fixed width with an envelope.
#pragma once

#include "gateway/codec/shape.hpp"

namespace passerelle::codec {

/// NOM (mandatory, 10 characters), VILLE, NAISSANCE (a date).
[[nodiscard]] Shape csv_shape(Charset charset = Charset::utf_8, Quoting quoting = Quoting::needed);

/// Lines of kind 00 (`entete.emis` at 3 to 12) and 10 (`nom` at 3 to 12, a gap of two bytes, `ville` at 15 to
/// 24).
[[nodiscard]] Shape fixed_shape(Charset charset = Charset::utf_8);

}  // namespace passerelle::codec
