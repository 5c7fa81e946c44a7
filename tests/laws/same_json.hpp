// When two JSON documents are the same document.
#pragma once

#include <string>
#include <string_view>

namespace passerelle::laws {

/// The objects of a file, one after another, in an order of keys that does not depend on the writer (as in
/// RFC 8785): two documents are the same when theirs are equal. The document must be well formed.
[[nodiscard]] std::string json_sameness(std::string_view document);

}  // namespace passerelle::laws
