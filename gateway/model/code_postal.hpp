// A postcode of La Poste, by its form alone.
#pragma once

#include <optional>
#include <string_view>
#include <tl/expected.hpp>

#include "gateway/model/fault.hpp"
#include "gateway/model/fixed_text.hpp"

namespace passerelle::model {

/// Five digits from 00001 to 98999: 00... serves the armies, 98... Monaco and the Pacific. A postcode is no
/// commune: one commune may have many, one postcode may serve many.
class CodePostal {
 public:
  /// Refuses any other form with `value_postcode`.
  [[nodiscard]] static tl::expected<CodePostal, FaultCode> parse(std::string_view text);

  /// 5 characters, valid as long as this object.
  [[nodiscard]] std::string_view text() const noexcept { return m_text.view(); }

  friend bool operator==(const CodePostal&, const CodePostal&) = default;
  friend auto operator<=>(const CodePostal&, const CodePostal&) = default;

 private:
  explicit CodePostal(std::string_view text) noexcept : m_text(text) {}

  FixedText<5> m_text;
};

/// The fault that `CodePostal::parse` would answer, or nothing.
[[nodiscard]] std::optional<FaultCode> check_code_postal(std::string_view text);

}  // namespace passerelle::model
