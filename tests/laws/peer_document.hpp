// Documents of a peer whatever their format: counted and compared without a line of the engine.
#pragma once

#include <string>
#include <string_view>

#include "gateway/mapping/formats.hpp"
#include "tests/laws/leaf_walker.hpp"

namespace passerelle::laws {

/// The leaves of a document, by a walker of its format. It must be well formed.
[[nodiscard]] LeafCounts count_leaves(const mapping::Format& format, std::string_view document);

/// A form that two documents share when they are the same document.
[[nodiscard]] std::string canonical(const mapping::Format& format, std::string_view document);

}  // namespace passerelle::laws
