// A text of a length known at compile time, held without allocation: the body of codes and numbers.
#pragma once

#include <algorithm>
#include <array>
#include <cassert>
#include <compare>
#include <cstddef>
#include <string_view>

namespace passerelle::model {

/// Exactly `Size` bytes. Which bytes are allowed is the business of the type that holds it.
template <std::size_t Size>
class FixedText {
 public:
  /// Only for a text of `Size` bytes, which the caller has checked.
  constexpr explicit FixedText(std::string_view text) noexcept {
    assert(text.size() == Size);
    std::copy_n(text.data(), Size, m_bytes.data());
  }

  /// Valid as long as this object.
  [[nodiscard]] constexpr std::string_view view() const noexcept { return {m_bytes.data(), Size}; }

  friend constexpr bool operator==(const FixedText&, const FixedText&) = default;
  friend constexpr auto operator<=>(const FixedText&, const FixedText&) = default;

 private:
  std::array<char, Size> m_bytes{};
};

}  // namespace passerelle::model
