#include "gateway/codec/json/json_splitter.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

#include "gateway/codec/charset.hpp"
#include "gateway/codec/limits.hpp"

namespace passerelle::codec {
namespace {

using model::FaultCode;
using model::Position;

constexpr std::size_t first_capacity = 256 * 1024;
// More than a record, so that one over its limit is known before the buffer is full.
constexpr std::size_t largest_capacity = limits::record_bytes + first_capacity;

std::uint32_t clamped(std::uint64_t count) {
  return static_cast<std::uint32_t>(
      std::min<std::uint64_t>(count, std::numeric_limits<std::uint32_t>::max()));
}

}  // namespace

JsonSplitter::JsonSplitter(ByteSource& source) : m_source(&source), m_buffer(first_capacity + padding) {
  take_signature();
}

bool JsonSplitter::next(JsonSlice& slice) {
  slice = {};
  if (m_fault) return false;
  switch (find_object()) {
    case Found::object: return cut(slice);
    case Found::junk: return resume(slice, {junk_code(), position(offset())}, FaultCode::document_trailing);
    case Found::end: return false;
  }
  return false;
}

/// Reads more bytes after those of the window, which may move; false at the end of the source.
bool JsonSplitter::fill() {
  if (m_source_ended) return false;
  const std::size_t capacity = m_buffer.size() - padding;
  if (m_begin > 0) {
    std::memmove(m_buffer.data(), m_buffer.data() + m_begin, m_end - m_begin);
    m_buffer_offset += m_begin;
    m_end -= m_begin;
    m_begin = 0;
  } else if (m_end == capacity) {
    m_buffer.resize(std::min(capacity * 2, largest_capacity) + padding);
  }
  const std::size_t got = m_source->read(m_buffer.data() + m_end, m_buffer.size() - padding - m_end);
  m_end += got;
  m_source_ended = got == 0;
  return got > 0;
}

void JsonSplitter::take_signature() {
  while (window().size() < 4 && fill()) {
  }
  if (is_wide_text(window())) m_fault = JsonFault{FaultCode::document_encoding, {1, 1}};
  if (!window().starts_with(utf_8_mark)) return;
  m_begin += utf_8_mark.size();
  m_line_start = utf_8_mark.size();
}

/// Moves to the next byte that is not white space; false at the end of the source.
bool JsonSplitter::skip_space() {
  do {
    for (; m_begin < m_end; ++m_begin) {
      const char c = m_buffer[m_begin];
      if (c == '\n') {
        ++m_line;
        m_line_start = offset() + 1;
      } else if (c != ' ' && c != '\t' && c != '\r') {
        return true;
      }
    }
  } while (fill());
  return false;
}

JsonSplitter::Found JsonSplitter::find_object() {
  while (skip_space()) {
    const char c = m_buffer[m_begin];
    const bool item_may_begin = m_place != Place::after_item && m_place != Place::closed;
    if (c == '{' && item_may_begin) return Found::object;
    if (!take_mark(c)) return Found::junk;
    ++m_begin;
  }
  return end_here();
}

/// The marks of a top-level array: `[`, `,` and `]`; false when this one may not stand here.
bool JsonSplitter::take_mark(char mark) {
  if (mark == '[' && m_place == Place::start) {
    m_place = Place::array_open;
  } else if (mark == ',' && m_place == Place::after_item) {
    m_place = Place::after_comma;
  } else if (mark == ']' && (m_place == Place::array_open || m_place == Place::after_item)) {
    m_place = Place::closed;
  } else {
    return false;
  }
  return true;
}

JsonSplitter::Found JsonSplitter::end_here() {
  if (m_place == Place::start) m_fault = JsonFault{FaultCode::document_empty, {1, 1}};
  if (m_place != Place::start && m_place != Place::between && m_place != Place::closed)
    m_fault = JsonFault{FaultCode::document_truncated, position(offset())};
  return Found::end;
}

FaultCode JsonSplitter::junk_code() const noexcept {
  if (m_place == Place::start) return FaultCode::document_root;
  if (m_place == Place::closed) return FaultCode::document_trailing;
  return FaultCode::document_malformed;
}

bool JsonSplitter::cut(JsonSlice& slice) {
  m_scan.start();
  m_dropping = false;
  m_object_offset = offset();
  const ObjectScan::Outcome outcome = scan_to_end();
  if (outcome == ObjectScan::Outcome::more)
    return end_with(
        {FaultCode::document_truncated, position_in_object(m_buffer_offset + m_end - m_object_offset)});
  slice.at = position(m_object_offset);
  slice.one_line = m_scan.lines() == 0;
  slice.has_escape = m_scan.has_escape();
  if (outcome == ObjectScan::Outcome::broken) return cut_off(slice);
  if (m_dropping) {
    slice.fault = JsonFault{FaultCode::limit_record, slice.at};
  } else if (m_scan.too_deep()) {
    slice.fault = JsonFault{FaultCode::limit_depth, position_in_window(*m_scan.too_deep())};
  } else {
    slice.text = window().substr(0, m_scan.at());
  }
  pass_object();
  return true;
}

/// Scans from the object's first byte to its end, reading what it needs.
ObjectScan::Outcome JsonSplitter::scan_to_end() {
  for (;;) {
    const auto outcome = m_scan.advance(window(), m_source_ended);
    const std::size_t kept = outcome == ObjectScan::Outcome::more ? window().size() : m_scan.at();
    m_dropping = m_dropping || kept > limits::record_bytes;
    if (outcome != ObjectScan::Outcome::more || m_source_ended) return outcome;
    if (m_dropping) {
      const std::size_t done = m_scan.at();
      m_begin += done;
      m_scan.forget(done);
    }
    fill();
  }
}

/// Leaves the object (or the part of it that was scanned) behind.
void JsonSplitter::pass_object() {
  m_begin += m_scan.at();
  if (m_scan.lines() > 0) {
    m_line += m_scan.lines();
    m_line_start = m_object_offset + m_scan.line_start();
  }
  m_place = m_place == Place::start || m_place == Place::between ? Place::between : Place::after_item;
}

/// An object that breaks off: its bytes are of no use, the next one may be.
bool JsonSplitter::cut_off(JsonSlice& slice) {
  const bool before_object = window()[m_scan.at()] == '{';
  pass_object();
  const JsonFault fault{FaultCode::document_malformed, position(offset())};
  if (!before_object) return resume(slice, fault, FaultCode::document_malformed);
  if (m_place == Place::after_item) m_place = Place::after_comma;
  slice.fault = fault;
  return true;
}

/// Goes on at the next line that begins with `{`; without one, the file ends with the fault (whose code is
/// `last_code` when objects stood alone before it).
bool JsonSplitter::resume(JsonSlice& slice, JsonFault fault, FaultCode last_code) {
  const bool may_resume = m_place != Place::start && m_place != Place::closed;
  const bool only_space = !skip_space();
  if (only_space) return end_with({FaultCode::document_truncated, fault.at});
  if (!may_resume || !skip_to_line_object()) {
    if (m_place == Place::between) fault.code = last_code;
    return end_with(fault);
  }
  if (m_place == Place::after_item) m_place = Place::after_comma;
  slice.at = fault.at;
  slice.fault = fault;
  return true;
}

bool JsonSplitter::skip_to_line_object() {
  do {
    for (; m_begin < m_end; ++m_begin) {
      if (m_buffer[m_begin] == '{' && offset() == m_line_start) return true;
      if (m_buffer[m_begin] != '\n') continue;
      ++m_line;
      m_line_start = offset() + 1;
    }
  } while (fill());
  return false;
}

bool JsonSplitter::end_with(JsonFault fault) {
  m_fault = fault;
  return false;
}

Position JsonSplitter::position(std::uint64_t offset) const noexcept {
  return {m_line, clamped(offset - m_line_start + 1)};
}

/// Of an earlier byte of an object that is whole in the window.
Position JsonSplitter::position_in_window(std::size_t at) const noexcept {
  const std::string_view before = window().substr(0, at);
  const auto lines = static_cast<std::uint32_t>(std::ranges::count(before, '\n'));
  if (lines == 0) return position(m_object_offset + at);
  return {m_line + lines, clamped(at - before.rfind('\n'))};
}

Position JsonSplitter::position_in_object(std::uint64_t from_object) const noexcept {
  const std::uint64_t line_start = m_scan.lines() > 0 ? m_object_offset + m_scan.line_start() : m_line_start;
  return {m_line + m_scan.lines(), clamped(m_object_offset + from_object - line_start + 1)};
}

}  // namespace passerelle::codec
