// What a copy of a document is, by its first octets: what a sender says of it is not believed.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace passerelle::service {

/// The kinds that any desk can open, and that hold no program of an office suite.
enum class MediaType : std::uint8_t { pdf, jpeg, png };

/// `application/pdf` and so on.
[[nodiscard]] std::string_view media_type_name(MediaType type) noexcept;

/// By the signature with which the octets begin (ISO 32000-1 7.5.2, ISO 10918-1 B.1.1, PNG 5.2); nothing for
/// any other.
[[nodiscard]] std::optional<MediaType> media_type_of(std::string_view octets) noexcept;

}  // namespace passerelle::service
