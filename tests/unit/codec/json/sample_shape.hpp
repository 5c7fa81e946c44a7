// A small shape with every kind of place that JSON has.
#pragma once

#include "gateway/codec/shape.hpp"

namespace passerelle::codec {

/// An envelope (`entete`, `complements`) and demandes: texts, date, boolean, integer, code list, lists of
/// scalars and of objects two deep, complements of two peers.
[[nodiscard]] Shape sample_shape();

}  // namespace passerelle::codec
