// An amount of money in euros, exact to the cent.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "gateway/model/fault.hpp"

namespace passerelle::model {

/// From 0 to 999 999 999.99 euros. An amount alone is about nobody; the income of someone is a
/// `Personal<Montant>`.
class Montant {
 public:
  /// Reads digits, then perhaps a point and one or two digits. Refuses with `value_amount` a sign, a comma, a
  /// bare point, a third decimal, spaces, and what is over the bound.
  [[nodiscard]] static tl::expected<Montant, FaultCode> parse(std::string_view text);

  [[nodiscard]] std::int64_t cents() const noexcept { return m_cents; }
  /// `850` when whole, else `850.50`: no leading zero, two decimals.
  [[nodiscard]] std::string text() const;

  friend bool operator==(const Montant&, const Montant&) = default;
  friend auto operator<=>(const Montant&, const Montant&) = default;

 private:
  explicit Montant(std::int64_t cents) noexcept : m_cents(cents) {}

  std::int64_t m_cents;
};

/// The fault that `Montant::parse` would answer, or nothing.
[[nodiscard]] std::optional<FaultCode> check_montant(std::string_view text);

}  // namespace passerelle::model
