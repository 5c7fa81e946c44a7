// Counts and cuts the cells of CSV and fixed-width documents without a line of the codec.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/laws/leaf_walker.hpp"

namespace passerelle::laws {

using Rows = std::vector<std::vector<std::string>>;

/// The cells of every row that is not blank, the header first; quotes are taken off, and blanks at the end of
/// each cell. The bytes stay in their charset.
[[nodiscard]] Rows cut_csv(std::string_view bytes, char separator);

/// The fields of each line of a fixed-width file.
struct FixedPlaces {
  struct Place {
    std::size_t at = 1;
    std::size_t length = 0;
  };
  std::vector<Place> envelope;  ///< of the first line; empty: every line is a demande
  std::vector<Place> demande;
};

/// From a structure file: the columns `path`, `at` and `length` of each row.
[[nodiscard]] FixedPlaces read_places(std::string_view structure);
/// The same cut as `cut_csv`, without a header.
[[nodiscard]] Rows cut_fixed(std::string_view bytes, const FixedPlaces& places);

/// Each cell that is not empty is a leaf. The first row is the header of a CSV, or the envelope of a
/// fixed-width file that has one.
[[nodiscard]] LeafCounts count_csv_leaves(std::string_view bytes, char separator);
[[nodiscard]] LeafCounts count_fixed_leaves(std::string_view bytes, const FixedPlaces& places);

}  // namespace passerelle::laws
