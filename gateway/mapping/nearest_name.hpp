// The known name that a misspelt one most likely means, for faults that propose a way out.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gateway/codec/shape.hpp"

namespace passerelle::mapping {

/// How many characters (bytes) must be added, dropped or changed to turn one text into the other
/// (Levenshtein).
[[nodiscard]] std::size_t edit_distance(std::string_view one, std::string_view other);

/// The candidate nearest to `name`, the first among equals; nothing when none is near enough to be meant (a
/// third of its length, at least two characters).
[[nodiscard]] std::optional<std::string> nearest_name(std::string_view name,
                                                      std::span<const std::string> candidates);

/// The path of the shape, written as a mapping writes it (`[n]` after a list), that is nearest to `path`;
/// from the root when `envelope`, else from the record.
[[nodiscard]] std::optional<std::string> nearest_path(std::string_view path, const codec::Shape& shape,
                                                      bool envelope);

}  // namespace passerelle::mapping
