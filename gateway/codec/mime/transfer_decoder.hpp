// Undoes the encoding in which a part travels, piece by piece.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "gateway/codec/mime/part_header.hpp"

namespace passerelle::codec {

/// RFC 2045, 6.8. Blanks and ends of lines are passed over; any other stranger is refused.
class Base64Decoder {
 public:
  /// Appends the bytes that a piece of the text stands for; false when it is no base64.
  [[nodiscard]] bool decode(std::string_view piece, std::string& out);
  /// Whether the text may end here.
  [[nodiscard]] bool complete() const noexcept { return m_characters == 0 || ended(); }

 private:
  [[nodiscard]] bool ended() const noexcept { return m_padding > 0 && m_characters + m_padding == 4; }
  bool take(char c, std::string& out);
  bool pad(std::string& out);

  std::uint32_t m_bits = 0;
  int m_characters = 0;  ///< of the group of four being read
  int m_padding = 0;
};

/// RFC 2045, 6.7. Blanks at the end of a line are dropped (rule 3); a line may be longer than 76 characters.
class QuotedPrintableDecoder {
 public:
  /// Appends the bytes that a piece of the text stands for; false when it is no quoted-printable.
  [[nodiscard]] bool decode(std::string_view piece, std::string& out);
  /// Whether the text may end here.
  [[nodiscard]] bool complete() const noexcept;

 private:
  enum class State : std::uint8_t { text, line_end, escape, second_digit, soft_blank, soft_end };

  bool take(char c, std::string& out);
  bool take_text(char c, std::string& out);
  bool take_escaped(char c);

  State m_state = State::text;
  int m_high = 0;        ///< the first digit of an escape
  std::string m_blanks;  ///< that may end the line
};

/// One part, by the encoding of its header.
class TransferDecoder {
 public:
  explicit TransferDecoder(TransferEncoding encoding);

  /// The bytes that the next piece stands for, valid until the next call and as long as the piece; nothing
  /// when it is foreign to the encoding.
  [[nodiscard]] std::optional<std::string_view> decode(std::string_view piece);
  /// Whether the content may end here.
  [[nodiscard]] bool complete() const;

 private:
  std::variant<std::monostate, Base64Decoder, QuotedPrintableDecoder> m_decoder;
  std::string m_decoded;
};

}  // namespace passerelle::codec
