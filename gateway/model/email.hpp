// An electronic mail address, checked for what can be delivered rather than for the whole grammar.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "gateway/model/fault.hpp"
#include "gateway/model/personal.hpp"

namespace passerelle::model {

/// One `@`; before it 1 to 64 bytes (RFC 5321, 4.5.3.1.1); after it a domain of at least two labels; 254
/// bytes in all. Letters outside ASCII are allowed (RFC 6531); quoted local parts and address literals are
/// not.
class Email {
 public:
  /// Refuses any other form, spaces, control characters and `"(),:;<>[\]` with `value_email`.
  [[nodiscard]] static tl::expected<Email, FaultCode> parse(std::string_view text);

  /// The address with the ASCII letters of its domain in lower case; the local part is the receiver's, so it
  /// is kept as written. Valid as long as this object.
  [[nodiscard]] Personal<std::string_view> text() const noexcept {
    return Personal<std::string_view>(m_text);
  }

  friend bool operator==(const Email&, const Email&) = default;
  friend auto operator<=>(const Email&, const Email&) = default;

 private:
  explicit Email(std::string text) noexcept : m_text(std::move(text)) {}

  std::string m_text;
};

/// The fault that `Email::parse` would answer, or nothing.
[[nodiscard]] std::optional<FaultCode> check_email(std::string_view text);

}  // namespace passerelle::model
