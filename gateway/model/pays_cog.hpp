// The code of a country or foreign territory in the code officiel geographique (Insee), for births abroad.
#pragma once

#include <optional>
#include <string_view>
#include <tl/expected.hpp>

#include "gateway/model/fault.hpp"
#include "gateway/model/fixed_text.hpp"

namespace passerelle::model {

/// `99` and three digits, not all zero; `99100` is France. Which codes exist is not checked: no list is built
/// in.
class PaysCog {
 public:
  /// Refuses any other form with `value_country`.
  [[nodiscard]] static tl::expected<PaysCog, FaultCode> parse(std::string_view text);

  /// 5 characters, valid as long as this object.
  [[nodiscard]] std::string_view text() const noexcept { return m_text.view(); }

  friend bool operator==(const PaysCog&, const PaysCog&) = default;
  friend auto operator<=>(const PaysCog&, const PaysCog&) = default;

 private:
  explicit PaysCog(std::string_view text) noexcept : m_text(text) {}

  FixedText<5> m_text;
};

/// The fault that `PaysCog::parse` would answer, or nothing.
[[nodiscard]] std::optional<FaultCode> check_pays_cog(std::string_view text);

}  // namespace passerelle::model
