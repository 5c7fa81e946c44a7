// How many documents each law tries.
#pragma once

#include <cstdint>

namespace passerelle::laws {

/// Of one format, `peer@version`, whose messages share them: the number that PASSERELLE_LAWS_COUNT gives, or
/// 2 000.
[[nodiscard]] std::uint64_t laws_count();

}  // namespace passerelle::laws
