// The number of an establishment in the Sirene register (code de commerce R123-221) with its key.
#pragma once

#include <optional>
#include <string_view>
#include <tl/expected.hpp>

#include "gateway/model/fault.hpp"
#include "gateway/model/fixed_text.hpp"
#include "gateway/model/siren.hpp"

namespace passerelle::model {

/// A SIREN and five digits whose last is a Luhn key over all fourteen. Establishments of La Poste (356000000)
/// may instead have digits whose sum is a multiple of five.
class Siret {
 public:
  /// Refuses with `value_siret` another length, a wrong key, a wrong key of the SIREN inside, and spaces.
  [[nodiscard]] static tl::expected<Siret, FaultCode> parse(std::string_view text);

  /// 14 characters, valid as long as this object.
  [[nodiscard]] std::string_view text() const noexcept { return m_text.view(); }
  /// The legal unit that owns the establishment.
  [[nodiscard]] Siren siren() const;

  friend bool operator==(const Siret&, const Siret&) = default;
  friend auto operator<=>(const Siret&, const Siret&) = default;

 private:
  explicit Siret(std::string_view text) noexcept : m_text(text) {}

  FixedText<14> m_text;
};

/// The fault that `Siret::parse` would answer, or nothing.
[[nodiscard]] std::optional<FaultCode> check_siret(std::string_view text);

}  // namespace passerelle::model
