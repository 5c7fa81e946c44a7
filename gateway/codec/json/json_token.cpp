#include "gateway/codec/json/json_token.hpp"

#include <algorithm>
#include <cstring>

namespace passerelle::codec {
namespace {

bool take_digits(std::string_view& rest) {
  const std::size_t end = std::min(rest.find_first_not_of("0123456789"), rest.size());
  rest.remove_prefix(end);
  return end > 0;
}

bool take(std::string_view& rest, char wanted) {
  const bool found = rest.starts_with(wanted);
  if (found) rest.remove_prefix(1);
  return found;
}

/// RFC 8259 section 6.
bool is_number(std::string_view rest) {
  take(rest, '-');
  if (!take(rest, '0') && !take_digits(rest)) return false;
  if (take(rest, '.') && !take_digits(rest)) return false;
  if (take(rest, 'e') || take(rest, 'E')) {
    if (!take(rest, '+')) take(rest, '-');
    if (!take_digits(rest)) return false;
  }
  return rest.empty();
}

}  // namespace

JsonKind json_kind(std::string_view token) noexcept {
  if (token.empty()) return JsonKind::malformed;
  switch (token.front()) {
    case '"': return JsonKind::text;
    case '{': return JsonKind::object;
    case '[': return JsonKind::array;
    case 't': return token == "true" ? JsonKind::boolean : JsonKind::malformed;
    case 'f': return token == "false" ? JsonKind::boolean : JsonKind::malformed;
    case 'n': return token == "null" ? JsonKind::null : JsonKind::malformed;
    default: return is_number(token) ? JsonKind::number : JsonKind::malformed;
  }
}

JsonPositions::JsonPositions(const JsonSlice& slice) noexcept : m_slice(&slice) {
  restart();
}

void JsonPositions::restart() noexcept {
  m_from = m_slice->text.data();
  m_line_start = nullptr;
  m_line = m_slice->at.line;
}

model::Position JsonPositions::at(const char* place) noexcept {
  if (!m_slice->one_line) {
    if (place < m_from) restart();
    while (const void* found = std::memchr(m_from, '\n', static_cast<std::size_t>(place - m_from))) {
      m_from = static_cast<const char*>(found) + 1;
      m_line_start = m_from;
      ++m_line;
    }
    m_from = place;
  }
  const auto column = [](const char* from, const char* to) { return static_cast<std::uint32_t>(to - from); };
  if (m_line_start != nullptr) return {m_line, column(m_line_start, place) + 1};
  return {m_line, column(m_slice->text.data(), place) + m_slice->at.column};
}

}  // namespace passerelle::codec
