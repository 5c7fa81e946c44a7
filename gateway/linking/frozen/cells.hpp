// The records of a few people at hand, as reading a file would have made them.
#pragma once

#include <span>

#include "gateway/linking/frozen/frozen_model.hpp"
#include "gateway/linking/records/records.hpp"
#include "gateway/model/geography.hpp"

namespace passerelle::linking {

/// Records of no one: their fields are those of the spec.
[[nodiscard]] Records no_records(const LinkingSpec& spec);

/// The records of some people, then of others, in their order. Frequencies are those of these few. The cells
/// must live as long as the call; the geography may be null.
[[nodiscard]] Records records_of_cells(const LinkingSpec& spec, std::span<const Cells> some,
                                       std::span<const Cells> others, const model::Geography* geography);

}  // namespace passerelle::linking
