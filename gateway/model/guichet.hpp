// The code of a registering desk (guichet enregistreur, CCH R441-2-1) as the national interface writes it.
#pragma once

#include <optional>
#include <string_view>
#include <tl/expected.hpp>

#include "gateway/model/fault.hpp"
#include "gateway/model/fixed_text.hpp"

namespace passerelle::model {

/// `G` and four digits, or `GDPUB`, the public web portal.
class Guichet {
 public:
  /// Refuses any other form with `value_guichet`.
  [[nodiscard]] static tl::expected<Guichet, FaultCode> parse(std::string_view text);

  /// Five characters, valid as long as this object.
  [[nodiscard]] std::string_view text() const noexcept { return m_text.view(); }
  /// Whether the demande came through the public web portal.
  [[nodiscard]] bool is_public_portal() const noexcept;

  friend bool operator==(const Guichet&, const Guichet&) = default;
  friend auto operator<=>(const Guichet&, const Guichet&) = default;

 private:
  explicit Guichet(std::string_view text) noexcept : m_text(text) {}

  FixedText<5> m_text;
};

/// The fault that `Guichet::parse` would answer, or nothing.
[[nodiscard]] std::optional<FaultCode> check_guichet(std::string_view text);

}  // namespace passerelle::model
