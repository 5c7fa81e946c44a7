#include "gateway/codec/mime/transfer_decoder.hpp"

#include <algorithm>
#include <array>

#include "gateway/codec/mime/field_text.hpp"
#include "gateway/codec/mime/hexadecimal.hpp"

namespace passerelle::codec {
namespace {

constexpr std::size_t longest_blanks = 998;  // a line of RFC 5322, 2.1.1

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t stranger = 64;

constexpr std::array<std::uint8_t, 256> values_of_alphabet() {
  std::array<std::uint8_t, 256> values{};
  values.fill(stranger);
  for (std::size_t rank = 0; rank < alphabet.size(); ++rank) {
    values[static_cast<unsigned char>(alphabet[rank])] = static_cast<std::uint8_t>(rank);
  }
  return values;
}

constexpr std::array<std::uint8_t, 256> values = values_of_alphabet();

/// Appends the first bytes of a group of 24 bits.
void append_bytes(std::uint32_t group, int count, std::string& out) {
  for (int shift = 16; count > 0; --count, shift -= 8) out += static_cast<char>((group >> shift) & 0xFFU);
}

}  // namespace

bool Base64Decoder::decode(std::string_view piece, std::string& out) {
  return std::ranges::all_of(piece, [&](char c) { return take(c, out); });
}

bool Base64Decoder::take(char c, std::string& out) {
  if (is_blank_character(c) || c == '\r' || c == '\n') return true;
  if (c == '=') return pad(out);
  const std::uint8_t value = values[static_cast<unsigned char>(c)];
  if (value == stranger || m_padding > 0) return false;
  m_bits = (m_bits << 6U) | value;
  if (++m_characters < 4) return true;
  append_bytes(m_bits, 3, out);
  m_bits = 0;
  m_characters = 0;
  return true;
}

bool Base64Decoder::pad(std::string& out) {
  if (m_characters < 2 || ended()) return false;
  ++m_padding;
  if (ended()) append_bytes(m_bits << static_cast<unsigned>(6 * m_padding), 3 - m_padding, out);
  return true;
}

bool QuotedPrintableDecoder::decode(std::string_view piece, std::string& out) {
  return std::ranges::all_of(piece, [&](char c) { return take(c, out); });
}

/// The CRLF before a boundary belongs to it: a soft end of line may be the last thing.
bool QuotedPrintableDecoder::complete() const noexcept {
  return m_state == State::text || m_state == State::escape || m_state == State::soft_blank;
}

bool QuotedPrintableDecoder::take(char c, std::string& out) {
  switch (m_state) {
    case State::text: return take_text(c, out);
    case State::escape: return take_escaped(c);
    case State::second_digit: {
      const auto low = hexadecimal_digit(c);
      if (low) out += static_cast<char>(m_high * 16 + *low);
      m_state = State::text;
      return low.has_value();
    }
    case State::soft_blank:
      if (c == '\r') m_state = State::soft_end;
      return c == '\r' || is_blank_character(c);
    case State::line_end:
    case State::soft_end:
      if (m_state == State::line_end) out += "\r\n";
      m_blanks.clear();
      m_state = State::text;
      return c == '\n';
  }
  return false;
}

bool QuotedPrintableDecoder::take_text(char c, std::string& out) {
  if (is_blank_character(c)) {
    m_blanks += c;
    return m_blanks.size() <= longest_blanks;
  }
  if (c == '\r') {
    m_state = State::line_end;
    return true;
  }
  out += m_blanks;
  m_blanks.clear();
  if (c == '=') {
    m_state = State::escape;
    return true;
  }
  out += c;
  return c != '\n';
}

bool QuotedPrintableDecoder::take_escaped(char c) {
  const auto high = hexadecimal_digit(c);
  if (high) {
    m_high = *high;
    m_state = State::second_digit;
    return true;
  }
  m_state = c == '\r' ? State::soft_end : State::soft_blank;
  return c == '\r' || is_blank_character(c);
}

TransferDecoder::TransferDecoder(TransferEncoding encoding) {
  switch (encoding) {
    case TransferEncoding::identity: break;
    case TransferEncoding::base64: m_decoder.emplace<Base64Decoder>(); break;
    case TransferEncoding::quoted_printable: m_decoder.emplace<QuotedPrintableDecoder>(); break;
  }
}

std::optional<std::string_view> TransferDecoder::decode(std::string_view piece) {
  m_decoded.clear();
  if (auto* base64 = std::get_if<Base64Decoder>(&m_decoder)) {
    return base64->decode(piece, m_decoded) ? std::optional<std::string_view>(m_decoded) : std::nullopt;
  }
  if (auto* quoted = std::get_if<QuotedPrintableDecoder>(&m_decoder)) {
    return quoted->decode(piece, m_decoded) ? std::optional<std::string_view>(m_decoded) : std::nullopt;
  }
  return piece;
}

bool TransferDecoder::complete() const {
  if (const auto* base64 = std::get_if<Base64Decoder>(&m_decoder)) return base64->complete();
  if (const auto* quoted = std::get_if<QuotedPrintableDecoder>(&m_decoder)) return quoted->complete();
  return true;
}

}  // namespace passerelle::codec
