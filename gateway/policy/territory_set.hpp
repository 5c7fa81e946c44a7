// Any of the thousand territory codes of three digits, held without allocation.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace passerelle::policy {

class TerritorySet {
 public:
  /// Whether a text is the code of a territory: three digits.
  [[nodiscard]] static constexpr bool is_code(std::string_view text) noexcept {
    return text.size() == 3 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  }

  /// Adds a code of three digits; false, and nothing added, for any other text.
  constexpr bool insert(std::string_view code) noexcept {
    if (!is_code(code)) return false;
    const auto number = static_cast<unsigned>((code[0] - '0') * 100 + (code[1] - '0') * 10 + (code[2] - '0'));
    m_bits[number / 64] |= std::uint64_t{1} << (number % 64);
    return true;
  }
  [[nodiscard]] constexpr bool empty() const noexcept { return *this == TerritorySet{}; }
  /// Whether every code of this one is in the other.
  [[nodiscard]] constexpr bool within(const TerritorySet& other) const noexcept {
    std::uint64_t outside = 0;
    for (std::size_t n = 0; n < m_bits.size(); ++n) outside |= m_bits[n] & ~other.m_bits[n];
    return outside == 0;
  }
  /// The codes in rising order.
  [[nodiscard]] std::vector<std::string> codes() const {
    std::vector<std::string> codes;
    for (unsigned n = 0; n < 1000; ++n) {
      if ((m_bits[n / 64] >> (n % 64) & 1U) != 0) codes.push_back(std::to_string(1000 + n).substr(1));
    }
    return codes;
  }

  friend constexpr bool operator==(const TerritorySet&, const TerritorySet&) noexcept = default;

 private:
  std::array<std::uint64_t, 16> m_bits{};
};

}  // namespace passerelle::policy
