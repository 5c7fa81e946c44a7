// The class of a personal value under the RGPD: what masks, retention and audit depend on.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace passerelle::mapping {

/// In the order of rising care; `free_text` comes last because people write there what no field asks for.
enum class RgpdClass : std::uint8_t {
  technical,
  housing,
  contact,
  identity,
  family,
  economic,
  protected_fact,  ///< violence, trafficking, priority, DALO (CCH L441-1)
  health,          ///< special category (RGPD art. 9)
  nir,             ///< décret 2017-917
  free_text,
};

/// The class with that name as tables write it (`protected-fact`), or nothing.
[[nodiscard]] std::optional<RgpdClass> parse_rgpd_class(std::string_view name) noexcept;
/// The name as tables write it.
[[nodiscard]] std::string_view rgpd_class_name(RgpdClass rgpd) noexcept;
/// The name for people.
[[nodiscard]] std::string_view rgpd_class_label(RgpdClass rgpd) noexcept;

}  // namespace passerelle::mapping
