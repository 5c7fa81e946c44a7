// Draws legal values of a leaf type, plain ones and those that try a codec.
#pragma once

#include <string>

#include "gateway/codec/leaf_type.hpp"
#include "gateway/generation/domain_sampler.hpp"

namespace passerelle::generation {

struct ValueStyle {
  /// JSON scalars have one spelling: `true`, `12`; elsewhere `1`, ` +007 ` are legal too.
  bool plain_scalars = false;
  /// Whether the empty text may be drawn, where the type allows it.
  bool may_be_empty = true;
  /// Whether white space may stand around what is not text; never where scalars are plain.
  bool may_be_padded = true;
};

/// A value that `codec::check_leaf` accepts and that is not made of white space alone. `sampler` is tried
/// first, when given. Throws std::logic_error naming the type when none is found.
[[nodiscard]] std::string sample_value(const codec::LeafType& type, Sampler sampler, ValueStyle style,
                                       Dice& dice);

}  // namespace passerelle::generation
