// The code of a commune in the code officiel geographique (Insee), by its form alone.
#pragma once

#include <optional>
#include <string_view>
#include <tl/expected.hpp>

#include "gateway/model/fault.hpp"
#include "gateway/model/fixed_text.hpp"

namespace passerelle::model {

/// Departement 01 to 95, 2A, 2B, 97 or 98, then three digits. Former codes (20004, before 2A and 2B) have the
/// same form; `Geography` tells the codes that exist.
class CommuneInsee {
 public:
  /// Refuses any other form with `value_commune`; a foreign country (99...) is a `PaysCog`.
  [[nodiscard]] static tl::expected<CommuneInsee, FaultCode> parse(std::string_view text);

  /// 5 characters, valid as long as this object.
  [[nodiscard]] std::string_view text() const noexcept { return m_text.view(); }

  friend bool operator==(const CommuneInsee&, const CommuneInsee&) = default;
  friend auto operator<=>(const CommuneInsee&, const CommuneInsee&) = default;

 private:
  explicit CommuneInsee(std::string_view text) noexcept : m_text(text) {}

  FixedText<5> m_text;
};

/// The departement of a code of that form: two characters, three overseas; a view into the code.
[[nodiscard]] std::string_view departement_of(std::string_view commune) noexcept;

/// The fault that `CommuneInsee::parse` would answer, or nothing.
[[nodiscard]] std::optional<FaultCode> check_commune_insee(std::string_view text);

}  // namespace passerelle::model
