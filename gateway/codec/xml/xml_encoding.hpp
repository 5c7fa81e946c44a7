// The character encodings that an XML document may come in, and their translation to UTF-8.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace passerelle::codec {

enum class XmlEncoding : std::uint8_t { utf_8, us_ascii, iso_8859_1, iso_8859_15, windows_1252 };

/// What the first bytes of a document say.
struct XmlHead {
  XmlEncoding encoding = XmlEncoding::utf_8;
  std::size_t mark_bytes = 0;  ///< length of a byte order mark, which is not part of the document
};

/// Bytes of the head that are enough for `detect_encoding`.
inline constexpr std::size_t xml_head_bytes = 1024;

/// The encoding by byte order mark and XML declaration (XML 1.0, appendix F); UTF-8 when neither speaks.
/// Nothing when it is none of ours: UTF-16, UTF-32 and EBCDIC are refused by their first bytes.
[[nodiscard]] std::optional<XmlHead> detect_encoding(std::string_view head);

/// The Unicode character of each byte in a single-byte encoding; 0 where the encoding has none.
using ByteCharacters = std::array<std::uint16_t, 256>;
[[nodiscard]] const ByteCharacters& byte_characters(XmlEncoding encoding) noexcept;

/// Writes a character of the basic plane as UTF-8 (at most 3 bytes) and returns how many bytes it took.
std::size_t put_utf_8(char* into, std::uint16_t character) noexcept;

}  // namespace passerelle::codec
