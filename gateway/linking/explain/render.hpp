// An explanation as text, JSON or an SVG waterfall, in French.
#pragma once

#include <string>

#include "gateway/linking/explain/explanation.hpp"

namespace passerelle::linking {

/// A table for a terminal or a screen reader: one line per contribution, then the total and the decision.
[[nodiscard]] std::string render_text(const Explanation& told);

/// One JSON object; numbers with three decimals.
[[nodiscard]] std::string render_json(const Explanation& told);

/// A waterfall: one bar per contribution from the running total, green up and red down, with signs so that
/// colour is never alone (RGAA 3.1). Stand-alone SVG 1.1 with a title and a description.
[[nodiscard]] std::string render_svg(const Explanation& told);

}  // namespace passerelle::linking
