// When two XML documents are the same document.
#pragma once

#include <string>
#include <string_view>

namespace passerelle::laws {

/// The canonical form (C14N) after text of white space alone is dropped and every prefix is made `ns1`: two
/// documents are the same when theirs are equal. The document must be well formed.
[[nodiscard]] std::string sameness(std::string_view document);

}  // namespace passerelle::laws
