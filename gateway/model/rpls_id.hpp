// The identifier of a dwelling in the register of social housing (RPLS, arrete of 5 January 2010, item 1).
#pragma once

#include <optional>
#include <string_view>
#include <tl/expected.hpp>

#include "gateway/model/fault.hpp"
#include "gateway/model/fixed_text.hpp"

namespace passerelle::model {

/// Ten digits or capital letters. Assumption: the text gives ten positions and no alphabet.
class RplsId {
 public:
  /// Refuses any other form with `value_rpls`, ten zeros included.
  [[nodiscard]] static tl::expected<RplsId, FaultCode> parse(std::string_view text);

  /// 10 characters, valid as long as this object.
  [[nodiscard]] std::string_view text() const noexcept { return m_text.view(); }

  friend bool operator==(const RplsId&, const RplsId&) = default;
  friend auto operator<=>(const RplsId&, const RplsId&) = default;

 private:
  explicit RplsId(std::string_view text) noexcept : m_text(text) {}

  FixedText<10> m_text;
};

/// The fault that `RplsId::parse` would answer, or nothing.
[[nodiscard]] std::optional<FaultCode> check_rpls_id(std::string_view text);

}  // namespace passerelle::model
