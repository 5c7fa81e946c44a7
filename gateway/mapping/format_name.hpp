// The name of a format on the command line: `peer@version:message`, or any shorter form that is not
// ambiguous.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace passerelle::mapping {

/// The name of the pivot as a format.
inline constexpr std::string_view pivot_format = "cerfa";

struct FormatName {
  std::string peer;
  std::string version;  ///< empty: told by the document, or the newest
  std::string message;  ///< empty: told by the document

  [[nodiscard]] bool is_pivot() const noexcept { return peer == pivot_format; }
  friend bool operator==(const FormatName&, const FormatName&) = default;
};

/// `sne`, `sne:export`, `sne@02.01`, `sne@02.01:CRE`; nothing when a part is empty.
[[nodiscard]] std::optional<FormatName> parse_format_name(std::string_view text);

}  // namespace passerelle::mapping
