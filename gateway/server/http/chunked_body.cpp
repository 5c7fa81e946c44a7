#include "gateway/server/http/chunked_body.hpp"

#include <algorithm>

#include "gateway/model/ascii.hpp"
#include "gateway/server/http/fields.hpp"

namespace passerelle::server::http {
namespace {

constexpr int longest_size = 12;  // hexadecimal digits: no overflow, and more than any disk holds

int hexadecimal(char c) noexcept {
  if (model::is_digit(c)) return model::digit_value(c);
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

tl::expected<std::string_view, Refusal> ChunkedBody::next(std::string_view& input) {
  while (!input.empty() && m_place != Place::over) {
    if (m_place == Place::data) {
      const std::string_view piece = input.substr(0, std::min<std::uint64_t>(m_left, input.size()));
      input.remove_prefix(piece.size());
      m_left -= piece.size();
      if (m_left == 0) m_place = Place::data_cr;
      return piece;
    }
    if (!take(input.front())) return tl::unexpected(Refusal::chunk);
    input.remove_prefix(1);
  }
  return std::string_view();
}

bool ChunkedBody::take(char c) {
  switch (m_place) {
    case Place::size: return take_size(c);
    case Place::extension: return take_extension(c);
    case Place::size_end: return c == '\n' && take_end_of_size();
    case Place::data_cr: return take_exactly(c, '\r', Place::data_lf);
    case Place::data_lf: return take_exactly(c, '\n', Place::size);
    case Place::trailer:
    case Place::trailer_line: return take_trailer(c);
    case Place::trailer_lf: return take_exactly(c, '\n', Place::trailer);
    case Place::last_lf: return take_exactly(c, '\n', Place::over);
    case Place::data:
    case Place::over: break;
  }
  return false;
}

bool ChunkedBody::take_size(char c) {
  const int digit = hexadecimal(c);
  if (digit < 0) return m_digits > 0 && take_extension(c);
  m_left = m_left * 16 + static_cast<std::uint64_t>(digit);
  return ++m_digits <= longest_size;
}

/// RFC 9112, 7.1.1: behind the size comes `;` or the end of the line, and no other blank.
bool ChunkedBody::take_extension(char c) {
  if (m_place == Place::size && c != ';' && c != '\r') return false;
  m_place = c == '\r' ? Place::size_end : Place::extension;
  return ++m_line <= m_limits->chunk_line_bytes && (c == '\r' || is_field_value({&c, 1}));
}

bool ChunkedBody::take_end_of_size() {
  m_place = m_left == 0 ? Place::trailer : Place::data;
  m_digits = 0;
  m_line = 0;
  return true;
}

bool ChunkedBody::take_trailer(char c) {
  if (++m_trailer > m_limits->trailer_bytes) return false;
  if (c == '\r') {
    m_place = m_place == Place::trailer ? Place::last_lf : Place::trailer_lf;
    return true;
  }
  m_place = Place::trailer_line;
  return is_field_value({&c, 1});
}

bool ChunkedBody::take_exactly(char c, char wanted, Place then) {
  m_place = then;
  return c == wanted;
}

}  // namespace passerelle::server::http
