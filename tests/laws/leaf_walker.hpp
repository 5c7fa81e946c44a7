// Counts the leaves of an XML document without a line of the codec, so that receipts can be held against it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace passerelle::laws {

/// A leaf is an attribute (namespace declarations and xsi schema hints excepted), an element that has neither
/// attribute nor child element, or the text (not blank) of an element that has attributes but no child.
struct LeafCounts {
  std::uint64_t envelope = 0;          ///< outside the records
  std::vector<std::uint64_t> records;  ///< in the order of the document

  friend bool operator==(const LeafCounts&, const LeafCounts&) = default;
};

/// Counts by xmlTextReader. `record_path` names the record elements from below the root (`demande`), in local
/// names; they have the namespace of the root. The document must be well formed.
[[nodiscard]] LeafCounts count_xml_leaves(std::string_view document, std::string_view record_path);

}  // namespace passerelle::laws
