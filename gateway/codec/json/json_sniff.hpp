// Looks at the first object of a JSON file for what tells its version and message.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "gateway/model/fault.hpp"

namespace passerelle::codec {

/// The text at each path (`/entete.version`) of the first object, in the order of `paths`; nothing where
/// there is none, or where the object is not whole in the head. A head that is no JSON at all is a fault.
[[nodiscard]] tl::expected<std::vector<std::optional<std::string>>, model::FaultCode> sniff_json(
    std::string_view head, std::span<const std::string> paths);

}  // namespace passerelle::codec
