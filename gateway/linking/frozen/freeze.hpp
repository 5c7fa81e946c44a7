// Freezes what a file taught: its model, its frequencies, and few narrow rules of blocking.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "gateway/linking/executor.hpp"
#include "gateway/linking/frozen/frozen_model.hpp"
#include "gateway/linking/records/records.hpp"

namespace passerelle::linking {

/// Labels of at most fourteen rules that together bring a record some ten strangers and have no block over
/// the cap, chosen as those of a batch are (`choose_rules`), in the order of their choice.
[[nodiscard]] std::vector<std::string> choose_frozen_rules(const Records& records,
                                                           const std::vector<Comparison>& comparisons,
                                                           const Executor& run);

/// The labels of a text, one a line; empty lines and those that begin with `#` are left out.
[[nodiscard]] std::vector<std::string> read_rules(std::string_view text);

/// What the records and the model trained on them leave to later: version and `seen` are left empty. Refuses
/// labels that the spec does not allow, each with its rank from 1.
[[nodiscard]] tl::expected<FrozenModel, std::vector<SpecFault>> freeze(const LinkingSpec& spec,
                                                                       const Records& records, Model model,
                                                                       const std::vector<std::string>& rules);

}  // namespace passerelle::linking
