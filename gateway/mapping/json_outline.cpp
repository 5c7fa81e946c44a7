#include "gateway/mapping/json_outline.hpp"

namespace passerelle::mapping {

JsonOutline& JsonOutline::open(char bracket) {
  place_value();
  m_written += bracket;
  ++m_depth;
  m_first = true;
  return *this;
}

JsonOutline& JsonOutline::close(char bracket) {
  --m_depth;
  if (!m_first) new_line();
  m_written += bracket;
  m_first = false;
  if (m_depth == 0) m_written += '\n';
  return *this;
}

JsonOutline& JsonOutline::key(std::string_view name) {
  place_value();
  quote(name);
  m_written += ": ";
  m_after_key = true;
  return *this;
}

JsonOutline& JsonOutline::text(std::string_view value) {
  place_value();
  quote(value);
  return *this;
}

JsonOutline& JsonOutline::word(std::string_view value) {
  place_value();
  m_written += value;
  return *this;
}

void JsonOutline::place_value() {
  if (m_after_key) {
    m_after_key = false;
    return;
  }
  if (m_depth == 0) return;
  if (!m_first) m_written += ',';
  m_first = false;
  new_line();
}

void JsonOutline::new_line() {
  m_written += '\n';
  m_written.append(m_depth * 2, ' ');
}

void JsonOutline::quote(std::string_view value) {
  m_written += '"';
  for (const char c : value) {
    if (c == '"' || c == '\\') m_written += '\\';
    m_written += c;
  }
  m_written += '"';
}

}  // namespace passerelle::mapping
