// The character sets that documents come in, and their translation to and from UTF-8.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace passerelle::codec {

enum class Charset : std::uint8_t { utf_8, us_ascii, iso_8859_1, iso_8859_15, windows_1252 };

/// The character set of a name (IANA), whatever its case; nothing when it is none of ours.
[[nodiscard]] std::optional<Charset> charset_named(std::string_view name);

/// The Unicode character of each byte in a single-byte encoding; 0 where the encoding has none.
using ByteCharacters = std::array<std::uint16_t, 256>;
[[nodiscard]] const ByteCharacters& byte_characters(Charset charset) noexcept;

/// Writes a character of the basic plane as UTF-8 (at most 3 bytes) and returns how many bytes it took.
std::size_t put_utf_8(char* into, std::uint16_t character) noexcept;

/// The UTF-8 byte order mark.
inline constexpr std::string_view utf_8_mark = "\xEF\xBB\xBF";

/// The first bytes of UTF-16 or UTF-32, with or without their mark, in a format that begins with two ASCII
/// characters.
[[nodiscard]] bool is_wide_text(std::string_view head) noexcept;

[[nodiscard]] bool is_ascii(std::string_view bytes) noexcept;

/// Appends bytes of a single-byte charset as UTF-8; false when one of them is no character there, or a
/// control from 0x80 to 0x9F: what follows the old end of `out` is then to be thrown away.
[[nodiscard]] bool append_decoded(std::string& out, std::string_view bytes, Charset from);

/// Appends text, which is right UTF-8, in the charset; false when it lacks one of the characters: `out` then
/// ends in the middle.
[[nodiscard]] bool append_encoded(std::string& out, std::string_view text, Charset to);

}  // namespace passerelle::codec
