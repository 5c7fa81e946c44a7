// The number of a legal unit in the Sirene register (code de commerce R123-220) with its key.
#pragma once

#include <optional>
#include <string_view>
#include <tl/expected.hpp>

#include "gateway/model/fault.hpp"
#include "gateway/model/fixed_text.hpp"

namespace passerelle::model {

/// Nine digits whose last is a Luhn key.
class Siren {
 public:
  /// Refuses with `value_siren` another length, a wrong key, spaces, and nine zeros.
  [[nodiscard]] static tl::expected<Siren, FaultCode> parse(std::string_view text);

  /// 9 characters, valid as long as this object.
  [[nodiscard]] std::string_view text() const noexcept { return m_text.view(); }

  friend bool operator==(const Siren&, const Siren&) = default;
  friend auto operator<=>(const Siren&, const Siren&) = default;

 private:
  explicit Siren(std::string_view text) noexcept : m_text(text) {}

  FixedText<9> m_text;
};

/// The fault that `Siren::parse` would answer, or nothing.
[[nodiscard]] std::optional<FaultCode> check_siren(std::string_view text);

}  // namespace passerelle::model
