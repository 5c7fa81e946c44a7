// A telephone number, from the ways French people write one to its international form.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tl/expected.hpp>

#include "gateway/model/fault.hpp"
#include "gateway/model/personal.hpp"

namespace passerelle::model {

/// Held in the form of ITU-T E.164: `+`, country, number. National numbers are those of the French plan
/// (Arcep): 0 and nine digits, metropolitan or of an overseas departement that shares the plan (0262, 0692,
/// 0690...), whose own country code is then used. The six-digit numbers of Saint-Pierre-et-Miquelon, New
/// Caledonia, Polynesia and Wallis need +508, +687, +689, +681: alone they name no place.
class Telephone {
 public:
  /// Drops spaces (no-break ones too), `.`, `-`, `/` and a `(0)` after a country code; reads `00` as `+`.
  /// Refuses with `value_phone` other characters, short numbers, a French number without nine digits after
  /// the 0 or the country code, and a foreign one outside 7 to 15 digits. No number plan but the French one
  /// is checked, and whether somebody answers is never known.
  [[nodiscard]] static tl::expected<Telephone, FaultCode> parse(std::string_view text);

  /// The E.164 form, `+33612345678`; valid as long as this object.
  [[nodiscard]] Personal<std::string_view> text() const noexcept {
    return Personal<std::string_view>({m_text.data(), m_size});
  }

  friend bool operator==(const Telephone&, const Telephone&) = default;
  friend auto operator<=>(const Telephone&, const Telephone&) = default;

 private:
  Telephone(std::string_view country, std::string_view number) noexcept;

  std::array<char, 16> m_text{};
  std::uint8_t m_size = 0;
};

/// The fault that `Telephone::parse` would answer, or nothing.
[[nodiscard]] std::optional<FaultCode> check_telephone(std::string_view text);

}  // namespace passerelle::model
