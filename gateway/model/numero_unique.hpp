// The numero unique of a demande (CCH L441-2-1), under the scheme that gave it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <tl/expected.hpp>

#include "gateway/model/fault.hpp"
#include "gateway/model/fixed_text.hpp"
#include "gateway/model/guichet.hpp"
#include "gateway/model/personal.hpp"

namespace passerelle::model {

/// How a number is built. The national number announced for 2027 gets its own enumerator the day its form is
/// published; until then no text of it can be told from an error, so none is accepted.
enum class NumeroScheme : std::uint8_t {
  departmental,  ///< territory (3 digits), MMYY of the first deposit, sequence (6 digits), guichet (5)
};

/// The number identifies one demande and, through it, a household: its text is personal. It is declared
/// non-significant (CNIL opinion on the arrete of 25 November 2010): INVARIANT: no right, date or place is
/// ever derived from its parts. A renewal or a correction keeps it (CCH R441-2-7).
/// Assumption: the territory is three digits everywhere, as in the numbers that are public.
class NumeroUnique {
 public:
  /// Refuses with `value_numero_unique` what no known scheme can have given.
  [[nodiscard]] static tl::expected<NumeroUnique, FaultCode> parse(std::string_view text);

  /// The number as every peer writes it, valid as long as this object.
  [[nodiscard]] Personal<std::string_view> text() const noexcept {
    return Personal<std::string_view>(m_text.view());
  }
  [[nodiscard]] NumeroScheme scheme() const noexcept { return m_scheme; }
  /// The allocator's territory, only to keep numbers of two allocators apart: a demande's own territory is
  /// where it asks to live, never this. Valid as long as this object.
  [[nodiscard]] std::string_view territory() const noexcept { return m_text.view().substr(0, 3); }
  /// The guichet of the first deposit; the one in charge today may be another.
  [[nodiscard]] Guichet first_guichet() const;

  friend bool operator==(const NumeroUnique&, const NumeroUnique&) = default;
  friend auto operator<=>(const NumeroUnique&, const NumeroUnique&) = default;

 private:
  explicit NumeroUnique(std::string_view text) noexcept : m_text(text) {}

  NumeroScheme m_scheme = NumeroScheme::departmental;
  FixedText<18> m_text;
};

/// The fault that `NumeroUnique::parse` would answer, or nothing.
[[nodiscard]] std::optional<FaultCode> check_numero_unique(std::string_view text);

}  // namespace passerelle::model
