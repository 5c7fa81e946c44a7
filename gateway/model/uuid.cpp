#include "gateway/model/uuid.hpp"

#include <algorithm>

#include "gateway/model/ascii.hpp"

namespace passerelle::model {
namespace {

constexpr std::size_t text_length = 36;
constexpr std::size_t time_octets = 6;
constexpr std::string_view hex_digits = "0123456789abcdef";

constexpr bool is_hyphen_place(std::size_t at) {
  return at == 8 || at == 13 || at == 18 || at == 23;
}

/// 0 to 15, or nothing.
std::optional<std::uint8_t> hex_value(char c) {
  if (is_digit(c)) return static_cast<std::uint8_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<std::uint8_t>(c - 'A' + 10);
  return std::nullopt;
}

}  // namespace

Uuid Uuid::at(Time time, const Chance& chance) noexcept {
  const auto since_1970 = std::chrono::floor<std::chrono::milliseconds>(time).time_since_epoch();
  const auto milliseconds = static_cast<std::uint64_t>(since_1970.count());
  Octets octets{};
  for (std::size_t i = 0; i < time_octets; ++i)
    octets[i] = static_cast<std::uint8_t>(milliseconds >> (8 * (time_octets - 1 - i)));
  std::ranges::copy(chance, octets.begin() + time_octets);
  octets[6] = static_cast<std::uint8_t>(0x70 | (octets[6] & 0x0f));  // version 7
  octets[8] = static_cast<std::uint8_t>(0x80 | (octets[8] & 0x3f));  // variant of the RFC
  return Uuid(octets);
}

std::optional<Uuid> Uuid::parse(std::string_view text) noexcept {
  if (text.size() != text_length) return std::nullopt;
  Octets octets{};
  std::size_t digits = 0;
  for (std::size_t at = 0; at < text_length; ++at) {
    if (is_hyphen_place(at)) {
      if (text[at] != '-') return std::nullopt;
      continue;
    }
    const auto value = hex_value(text[at]);
    if (!value) return std::nullopt;
    std::uint8_t& octet = octets[digits++ / 2];
    octet = static_cast<std::uint8_t>((octet << 4) | *value);
  }
  return Uuid(octets);
}

std::string Uuid::text() const {
  std::string text;
  text.reserve(text_length);
  for (const std::uint8_t octet : m_octets) {
    if (is_hyphen_place(text.size())) text += '-';
    text += hex_digits[octet >> 4U];
    text += hex_digits[octet & 0xfU];
  }
  return text;
}

}  // namespace passerelle::model
