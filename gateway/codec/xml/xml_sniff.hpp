// Looks at the first bytes of a document for what tells its version and message.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "gateway/model/fault.hpp"

namespace passerelle::codec {

/// Bytes of a document that are enough to sniff it.
inline constexpr std::size_t sniffed_bytes = 64 * 1024;

/// The first value at each path, in the order of `paths`; nothing where the head has none. Paths are written
/// from the root element in local names: `/@versionInterface`, `/entete/dateFichier`,
/// `/entete/typeFichier@code`. Looks at no more than `sniffed_bytes`, and no further than the last value
/// asked.
///
/// A head that stops in the middle is no fault; one that is refused by the limits of XmlParse is, as is one
/// that cannot begin an XML document.
[[nodiscard]] tl::expected<std::vector<std::optional<std::string>>, model::FaultCode> sniff_xml(
    std::string_view head, std::span<const std::string> paths);

}  // namespace passerelle::codec
