// The normaliser of each kind: raw cell to the text that is compared.
#pragma once

#include <string>
#include <string_view>

#include "gateway/linking/spec/kind.hpp"

namespace passerelle::linking {

/// Which part of a cell a field takes: all of it, or one half of a full name.
enum class Part : std::uint8_t { whole, first_of_name, last_of_name };

/// The normalised text of a cell; empty when it says nothing. Dates give YYYYMMDD with 0 for unknown parts.
[[nodiscard]] std::string normalise_cell(std::string_view cell, Kind kind, Part part = Part::whole);

}  // namespace passerelle::linking
