// Values that pass the checks of the domain (keys, forms), for invented people.
#pragma once

#include <string>
#include <string_view>

#include "gateway/generation/dice.hpp"

namespace passerelle::generation {

using Sampler = std::string (*)(Dice&);

/// The sampler of a type by its name in the pivot (`nir`, `siret`, `numeroUnique`...), whatever the case of
/// its first letter, with its arguments (`date(JJ/MM/AAAA)`) or else without; nullptr when the facets of the
/// type say everything.
[[nodiscard]] Sampler domain_sampler(std::string_view type_name) noexcept;

}  // namespace passerelle::generation
