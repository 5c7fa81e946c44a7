#include "gateway/codec/fixed/line_splitter.hpp"

#include "gateway/codec/charset.hpp"
#include "gateway/codec/limits.hpp"

namespace passerelle::codec {

LineSplitter::LineSplitter(ByteSource& source, bool mark_allowed) : m_window(source) {
  m_window.grow_to(4);
  const bool marked = m_window.view().starts_with(utf_8_mark);
  m_foreign_head = is_wide_text(m_window.view()) || (marked && !mark_allowed);
  if (marked) m_window.drop(utf_8_mark.size());
}

bool LineSplitter::next(TextLine& line) {
  while (cut(line)) {
    if (!line.bytes.empty() || line.over_limit) return true;
  }
  return false;
}

bool LineSplitter::cut(TextLine& line) {
  m_window.drop(m_taken);
  m_taken = 0;
  line = {.number = ++m_number};
  std::size_t seen = 0;
  std::size_t end = m_window.view().find('\n');
  while (end == std::string_view::npos) {
    if (m_window.view().size() > limits::record_bytes) {
      line.over_limit = true;
      m_window.drop(m_window.view().size());
    }
    seen = m_window.view().size();
    if (!m_window.grow()) break;
    end = m_window.view().find('\n', seen);
  }
  const bool last = end == std::string_view::npos;
  if (last && m_window.view().empty() && !line.over_limit) return false;
  std::string_view bytes = m_window.view().substr(0, end);
  m_taken = bytes.size() + (last ? 0 : 1);
  if (bytes.ends_with('\r')) bytes.remove_suffix(1);
  line.over_limit = line.over_limit || bytes.size() > limits::record_bytes;
  if (!line.over_limit) line.bytes = bytes;
  return true;
}

}  // namespace passerelle::codec
