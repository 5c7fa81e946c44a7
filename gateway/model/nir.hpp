// The social security number of a person (NIR, decret 82-103) with its key, or its waiting form (NIA).
#pragma once

#include <optional>
#include <string_view>
#include <tl/expected.hpp>

#include "gateway/model/fault.hpp"
#include "gateway/model/fixed_text.hpp"
#include "gateway/model/personal.hpp"

namespace passerelle::model {

/// Thirteen characters and the two of the key: sex 1, year 2, month 2, departement 2, commune 3, order 3.
/// A right key says that the typing is right, not that the number is this person's.
class Nir {
 public:
  /// Spaces are allowed anywhere and dropped. Refuses with `value_nir`: a length other than 15 (the form asks
  /// for the key: Cerfa 14069, A2), a first digit outside 1-4, 7, 8, a month outside 01-12, 20-42, 50-99, a
  /// departement 00, or a wrong key. Commune and order are not looked up: past births use codes long gone.
  [[nodiscard]] static tl::expected<Nir, FaultCode> parse(std::string_view text);

  /// Fifteen characters without spaces, valid as long as this object.
  [[nodiscard]] Personal<std::string_view> text() const noexcept {
    return Personal<std::string_view>(m_text.view());
  }
  /// Whether the number waits for the person's civil status (first digit 7 or 8; formerly 3 or 4). It will be
  /// replaced: two persons are not different because theirs differ.
  [[nodiscard]] bool is_temporary() const noexcept;

  friend bool operator==(const Nir&, const Nir&) = default;
  friend auto operator<=>(const Nir&, const Nir&) = default;

 private:
  explicit Nir(std::string_view text) noexcept : m_text(text) {}

  FixedText<15> m_text;
};

/// The fault that `Nir::parse` would answer, or nothing.
[[nodiscard]] std::optional<FaultCode> check_nir(std::string_view text);

}  // namespace passerelle::model
