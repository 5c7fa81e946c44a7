// Facts that go together among strangers must not count twice.
#pragma once

#include <vector>

#include "gateway/linking/train/estimate.hpp"

namespace passerelle::linking {

/// The strongest dependences as a forest (greatest spanning, after Chow and Liu 1968, on exact agreement).
/// `strangers_exact[i][j]`: pairs of strangers exact on both comparisons.
[[nodiscard]] std::vector<Dependence> find_dependences(
    const Evidence& evidence, const Model& model, const std::vector<std::vector<double>>& strangers_exact);

}  // namespace passerelle::linking
