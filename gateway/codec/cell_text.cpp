#include "gateway/codec/cell_text.hpp"

#include <algorithm>
#include <simdjson.h>

#include "gateway/codec/limits.hpp"

namespace passerelle::codec {
namespace {

using model::FaultCode;

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20;
}

/// Written so that the compiler looks at many bytes at once.
bool any_control(std::string_view bytes) {
  unsigned found = 0;
  for (const char c : bytes) found |= static_cast<unsigned>(is_control(c));
  return found != 0;
}

bool refused(char c, bool several_lines) {
  const bool line_end = c == '\n' || c == '\r';
  return is_control(c) && c != '\t' && !(line_end && several_lines);
}

/// U+FFFE and U+FFFF are refused with what is no UTF-8: no XML document could carry them (XML 1.0, 2.2).
bool is_utf_8(std::string_view bytes) {
  constexpr std::string_view before_noncharacter = "\xEF\xBF";
  if (!simdjson::validate_utf8(bytes.data(), bytes.size())) return false;
  for (std::size_t at = bytes.find('\xEF'); at != std::string_view::npos; at = bytes.find('\xEF', at + 1)) {
    if (bytes.substr(at).starts_with(before_noncharacter) && bytes[at + 2] >= '\xBE') return false;
  }
  return true;
}

}  // namespace

void CellText::enter(std::string_view line) noexcept {
  m_controls = any_control(line);
  m_plain = is_ascii(line) || (m_charset == Charset::utf_8 && !m_cut_by_bytes && is_utf_8(line));
}

tl::expected<std::string_view, FaultCode> CellText::read(std::string_view cell, bool several_lines,
                                                         Record& record) {
  if (cell.size() > limits::text_bytes) return tl::unexpected(FaultCode::limit_text);
  const auto forbidden = [several_lines](char c) { return refused(c, several_lines); };
  if (m_controls && std::ranges::any_of(cell, forbidden))
    return tl::unexpected(FaultCode::document_character);
  if (m_plain || is_ascii(cell)) return cell;
  if (m_charset == Charset::utf_8) {
    if (!is_utf_8(cell)) return tl::unexpected(FaultCode::value_character);
    return cell;
  }
  m_workspace.clear();
  if (!append_decoded(m_workspace, cell, m_charset)) return tl::unexpected(FaultCode::value_character);
  return record.keep(m_workspace);
}

}  // namespace passerelle::codec
