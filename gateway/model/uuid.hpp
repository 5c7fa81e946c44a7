// Identifiers that we give to what we keep (RFC 9562), in the order of time.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/model/clock.hpp"

namespace passerelle::model {

class Uuid {
 public:
  using Octets = std::array<std::uint8_t, 16>;
  using Chance = std::array<std::uint8_t, 10>;

  /// A UUIDv7 (RFC 9562, 5.7): the milliseconds of `time`, from 1970 to 10889, then `chance`, of which 74
  /// bits are used. Two are different as far as their chances are.
  [[nodiscard]] static Uuid at(Time time, const Chance& chance) noexcept;
  /// Reads the 36 characters of RFC 9562, 4, in either case, of any version; nothing for another form.
  [[nodiscard]] static std::optional<Uuid> parse(std::string_view text) noexcept;

  constexpr explicit Uuid(const Octets& octets) noexcept : m_octets(octets) {}

  [[nodiscard]] constexpr const Octets& octets() const noexcept { return m_octets; }
  /// 36 characters in lower case.
  [[nodiscard]] std::string text() const;

  friend bool operator==(const Uuid&, const Uuid&) = default;
  friend auto operator<=>(const Uuid&, const Uuid&) = default;

 private:
  Octets m_octets;
};

}  // namespace passerelle::model
