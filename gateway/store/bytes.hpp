// Octets that are no text: ciphertext, keyed hashes, keys.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace passerelle::store {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

/// The octets of a text, valid as long as it.
[[nodiscard]] inline ByteView octets_of(std::string_view text) noexcept {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// Octets read as a text, valid as long as they.
[[nodiscard]] inline std::string_view text_of(ByteView octets) noexcept {
  return {reinterpret_cast<const char*>(octets.data()), octets.size()};
}

[[nodiscard]] inline Bytes copy_of(ByteView octets) {
  return {octets.begin(), octets.end()};
}

}  // namespace passerelle::store
