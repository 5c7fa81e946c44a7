#include "gateway/codec/xml/xml_input.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace passerelle::codec {
namespace {

using model::FaultCode;

constexpr std::size_t block_bytes = 64 * 1024;
constexpr std::size_t widest_character = 3;

}  // namespace

XmlInput::XmlInput(ByteSource& source) : m_source(&source), m_block(block_bytes) {}

std::size_t XmlInput::read(char* into, std::size_t size) {
  assert(size >= widest_character);
  if (!m_opened) open();
  if (m_fault) return 0;
  const std::size_t taken = take(into, std::min(size, TagGuard::block_bytes));
  const std::size_t passed = hold_back({into, taken});
  if (passed == taken && m_untranslatable) refuse(FaultCode::document_encoding, m_given);
  return passed;
}

void XmlInput::open() {
  m_opened = true;
  while (m_end < xml_head_bytes && fill()) {
  }
  const auto head = detect_encoding({m_block.data(), m_end});
  if (!head) return refuse(FaultCode::document_encoding, 0);
  m_begin = head->mark_bytes;
  m_encoding = head->encoding;
}

/// Adds what the source gives next; false at its end.
bool XmlInput::fill() {
  const std::size_t got = m_source->read(m_block.data() + m_end, m_block.size() - m_end);
  m_ended = got == 0;
  m_end += got;
  return got != 0;
}

/// As many bytes as fit: libxml2 takes a short read for the end of what it looks for.
std::size_t XmlInput::take(char* into, std::size_t size) {
  std::size_t taken = 0;
  while (taken + widest_character <= size && !m_untranslatable && available()) {
    taken += m_encoding == Charset::utf_8 ? copy(into + taken, size - taken)
                                          : translate(into + taken, size - taken);
  }
  return taken;
}

bool XmlInput::available() {
  if (m_begin < m_end) return true;
  m_begin = m_end = 0;
  return !m_ended && fill();
}

std::size_t XmlInput::copy(char* into, std::size_t size) {
  const std::size_t copied = std::min(size, m_end - m_begin);
  std::memcpy(into, m_block.data() + m_begin, copied);
  m_begin += copied;
  return copied;
}

std::size_t XmlInput::translate(char* into, std::size_t size) {
  const ByteCharacters& characters = byte_characters(m_encoding);
  std::size_t put = 0;
  while (m_begin < m_end && put + widest_character <= size) {
    const auto byte = static_cast<unsigned char>(m_block[m_begin]);
    m_untranslatable = byte != 0 && characters[byte] == 0;
    if (m_untranslatable) break;
    put += put_utf_8(into + put, characters[byte]);
    ++m_begin;
  }
  return put;
}

/// Notes the block and returns how much of it the parser may see.
std::size_t XmlInput::hold_back(std::string_view block) {
  const std::size_t nul = std::min(block.find('\0'), block.size());
  const std::string_view clean = block.substr(0, nul);
  if (m_blank) m_blank = clean.find_first_not_of(" \t\r\n") == std::string_view::npos;
  m_lines.read(clean, m_encoding != Charset::utf_8);
  const std::size_t passed = m_tags.pass(clean);
  if (passed < clean.size()) {
    refuse(FaultCode::limit_tag, m_tags.tag_start());
  } else if (nul < block.size()) {
    refuse(FaultCode::document_character, m_given + nul);
  }
  m_given += passed;
  return passed;
}

void XmlInput::refuse(FaultCode code, std::uint64_t offset) {
  // A copy looks ahead: the parser has still to ask for places before this one.
  LineIndex ahead = m_lines;
  m_fault = {code, ahead.position(offset)};
}

}  // namespace passerelle::codec
