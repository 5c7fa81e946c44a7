// The normaliser of each kind: raw cell to the text that is compared.
#pragma once

#include <string>
#include <string_view>

#include "gateway/linking/spec/kind.hpp"
#include "gateway/model/geography.hpp"

namespace passerelle::linking {

/// Which part of a cell a field takes: all of it, or one half of a full name.
enum class Part : std::uint8_t { whole, first_of_name, last_of_name };

/// Longer values are compared by their beginning: likeness costs the product of two lengths.
inline constexpr std::size_t most_compared_bytes = 256;

/// The normalised text of a cell; empty when it says nothing. Dates give YYYYMMDD with 0 for unknown parts.
/// The geography may be null.
[[nodiscard]] std::string normalise_cell(std::string_view cell, Kind kind, Part part,
                                         const model::Geography* geography);

}  // namespace passerelle::linking
