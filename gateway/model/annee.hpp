// A calendar year standing alone: a tax year, the year a building was completed.
#pragma once

#include <optional>
#include <string_view>
#include <tl/expected.hpp>

#include "gateway/model/fault.hpp"
#include "gateway/model/fixed_text.hpp"

namespace passerelle::model {

/// Four digits from 0001 to 9999.
class Annee {
 public:
  /// Refuses any other form with `value_date`.
  [[nodiscard]] static tl::expected<Annee, FaultCode> parse(std::string_view text);

  /// 4 characters, valid as long as this object.
  [[nodiscard]] std::string_view text() const noexcept { return m_text.view(); }
  [[nodiscard]] int number() const noexcept;

  friend bool operator==(const Annee&, const Annee&) = default;
  friend auto operator<=>(const Annee&, const Annee&) = default;

 private:
  explicit Annee(std::string_view text) noexcept : m_text(text) {}

  FixedText<4> m_text;
};

/// The fault that `Annee::parse` would answer, or nothing.
[[nodiscard]] std::optional<FaultCode> check_annee(std::string_view text);

}  // namespace passerelle::model
