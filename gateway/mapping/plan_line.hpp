// Which line of a mapping a fault is about.
#pragma once

#include <string>
#include <string_view>

#include "gateway/mapping/plan.hpp"

namespace passerelle::mapping {

/// `file:line` of the first line that reads the place of a fault, or something inside it, in the format of
/// the peer or in the pivot; empty when no line does. `path` as faults give it, with ranks.
[[nodiscard]] std::string line_about(const Plan& plan, std::string_view path);

}  // namespace passerelle::mapping
