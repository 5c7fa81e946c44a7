// Where something stands in a document that came from outside.
#pragma once

#include <cstdint>

namespace passerelle::model {

/// Both count from 1; 0 means that the place is not known (a value missing altogether).
/// The column counts bytes of the source line.
struct Position {
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  friend constexpr bool operator==(const Position&, const Position&) = default;
};

}  // namespace passerelle::model
