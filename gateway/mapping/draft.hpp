// A first folder of a peer, proposed from a sample of its files: everything in it is to be reviewed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/mapping/draft_names.hpp"
#include "gateway/mapping/draft_sample.hpp"
#include "gateway/mapping/pivot_catalogue.hpp"

namespace passerelle::mapping {

/// What the basis of a line says until its author has looked at it; `mapping check` counts such lines.
inline constexpr std::string_view to_review = "à revoir";

struct DraftFile {
  std::string path;  ///< below the folder of the peer
  std::string text;
};

struct Draft {
  std::vector<DraftFile> files;
  std::size_t proposed = 0;  ///< columns with a pivot field
  std::size_t unknown = 0;   ///< columns without
  std::size_t by_law = 0;    ///< columns that must not be kept
};

/// The folder compiles as it is: a column without a proposal is reported, a code without one has no
/// counterpart. Of the sample it holds names of columns and codes, no other value.
[[nodiscard]] Draft draft_peer(std::string_view peer, const Sample& sample, const PivotCatalogue& catalogue,
                               const ColumnNames& names);

}  // namespace passerelle::mapping
