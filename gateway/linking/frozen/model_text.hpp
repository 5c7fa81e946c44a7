// A frozen model as text: lines that people can read and compare, the same bytes for the same model.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "gateway/linking/frozen/frozen_model.hpp"

namespace passerelle::linking {

/// The model of a text. Refuses, all faults together (the first fifty), anything but what
/// `write_frozen_model` writes: another format, unknown, misplaced or missing lines, numbers that are not
/// finite or out of their bounds, rules and comparisons that its spec does not allow. Takes no more memory
/// than the text, a few times over. A fault never quotes the text.
[[nodiscard]] tl::expected<FrozenModel, std::vector<SpecFault>> read_frozen_model(std::string_view text);

/// `write_frozen_model(read_frozen_model(t)) == t` for every text that it wrote.
[[nodiscard]] std::string write_frozen_model(const FrozenModel& frozen);

/// Whether a text may be the version of a model: 1 to 64 letters, digits, `.`, `-`, `_`.
[[nodiscard]] bool is_version(std::string_view text) noexcept;

}  // namespace passerelle::linking
