#include "gateway/codec/csv/csv_splitter.hpp"

#include <algorithm>
#include <bit>

#include "gateway/codec/charset.hpp"
#include "gateway/codec/limits.hpp"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace passerelle::codec {
namespace {

using model::FaultCode;
using model::Position;

constexpr std::size_t block_bytes = ByteWindow::padding;

/// Bit n stands for byte n of the block: a separator, a quote or a line feed.
#ifdef __SSE2__
unsigned marks_in_block(const char* block, char separator) noexcept {
  const __m128i chunk = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block));
  const __m128i separators = _mm_cmpeq_epi8(chunk, _mm_set1_epi8(separator));
  const __m128i quotes = _mm_cmpeq_epi8(chunk, _mm_set1_epi8('"'));
  const __m128i line_feeds = _mm_cmpeq_epi8(chunk, _mm_set1_epi8('\n'));
  return static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(separators, quotes), line_feeds)));
}
#else
unsigned marks_in_block(const char* block, char separator) noexcept {
  unsigned found = 0;
  for (unsigned n = 0; n < block_bytes; ++n) {
    if (block[n] == separator || block[n] == '"' || block[n] == '\n') found |= 1U << n;
  }
  return found;
}
#endif

std::string_view without_return(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

std::size_t find_csv_mark(std::string_view text, std::size_t from, char separator) noexcept {
  for (std::size_t at = from; at < text.size(); at += block_bytes) {
    const unsigned found = marks_in_block(text.data() + at, separator);
    if (found != 0) return std::min(at + static_cast<std::size_t>(std::countr_zero(found)), text.size());
  }
  return text.size();
}

CsvSplitter::CsvSplitter(ByteSource& source, char separator, bool mark_allowed)
    : m_window(source), m_separator(separator), m_most_cells(limits::columns) {
  take_head(mark_allowed);
}

void CsvSplitter::take_head(bool mark_allowed) {
  m_window.grow_to(4);
  const bool marked = m_window.view().starts_with(utf_8_mark);
  m_foreign_head = is_wide_text(m_window.view()) || (marked && !mark_allowed);
  if (marked) m_window.drop(utf_8_mark.size());
}

bool CsvSplitter::next(CsvRow& row) {
  m_window.drop(m_at);
  m_at = 0;
  m_line_start = 0;
  m_over_limit = false;
  row.cells.clear();
  row.over = 0;
  row.filled_over = 0;
  row.fault.reset();
  if (!skip_blank_lines()) return false;
  row.at = {m_line, 1};
  do {
    take_plain_cells(row);
    if (!take_cell(row)) return true;
  } while (take_separator());
  row.bytes = without_return(m_window.view().substr(0, m_at));
  row.end = position(row.bytes.size());
  if (ready()) take_line_feed();
  return true;
}

bool CsvSplitter::skip_blank_lines() {
  while (m_window.grow_to(1)) {
    const bool pair = m_window.view().front() == '\r' && m_window.grow_to(2);
    const std::size_t end = pair ? 1 : 0;
    if (m_window.view()[end] != '\n') return true;
    m_window.drop(end + 1);
    ++m_line;
  }
  return false;
}

/// Whether there is a byte at `m_at`, read when it must be.
bool CsvSplitter::ready() {
  return m_at < m_window.view().size() || (m_at <= limits::record_bytes && m_window.grow());
}

/// Takes the cells that need no care: without quotes, whole in memory and followed by a separator. Most are.
void CsvSplitter::take_plain_cells(CsvRow& row) {
  const std::string_view text = m_window.view().substr(0, limits::record_bytes);
  for (std::size_t block = m_at; block + block_bytes <= text.size(); block += block_bytes) {
    for (unsigned marks = marks_in_block(text.data() + block, m_separator); marks != 0; marks &= marks - 1) {
      const std::size_t mark = block + static_cast<std::size_t>(std::countr_zero(marks));
      if (text[mark] != m_separator) return;
      add(row, {.begin = static_cast<std::uint32_t>(m_at),
                .size = static_cast<std::uint32_t>(mark - m_at),
                .at = position(m_at)});
      m_at = mark + 1;
    }
  }
}

/// Takes one cell up to what ends it; false when the row is refused there.
bool CsvSplitter::take_cell(CsvRow& row) {
  CsvCell cell;
  cell.at = position(m_at);
  const std::size_t begin = m_at;
  const std::uint32_t line = m_line;
  cell.quoted = ready() && byte() == '"';
  const bool closed = cell.quoted ? take_quoted(cell) : take_plain(cell);
  m_over_limit = m_at > limits::record_bytes;
  const bool ended = closed && (!ready() || byte() == m_separator || byte() == '\n');
  if (ended && !m_over_limit) {
    add(row, cell);
    return true;
  }
  if (m_over_limit && closed) {
    refuse(row, FaultCode::limit_record, row.at);
  } else {
    refuse(row, FaultCode::document_malformed, cell.quoted ? cell.at : position(m_at));
  }
  m_line = line;
  skip_line(begin);
  return false;
}

bool CsvSplitter::take_plain(CsvCell& cell) {
  const std::size_t begin = m_at;
  do {
    m_at = find_csv_mark(m_window.view(), m_at, m_separator);
  } while (m_at == m_window.view().size() && ready());
  std::string_view text = m_window.view().substr(begin, m_at - begin);
  const bool last = m_at == m_window.view().size() || byte() == '\n';
  if (last) text = without_return(text);
  cell.begin = static_cast<std::uint32_t>(begin);
  cell.size = static_cast<std::uint32_t>(text.size());
  return true;
}

/// Takes a cell with its quotes; false when they are never closed.
bool CsvSplitter::take_quoted(CsvCell& cell) {
  const std::size_t begin = ++m_at;
  for (;;) {
    const std::size_t quote = m_window.view().find('"', m_at);
    m_at = std::min(quote, m_window.view().size());
    if (m_at > limits::record_bytes) return false;
    if (quote == std::string_view::npos) {
      if (!ready()) return false;
      continue;
    }
    ++m_at;
    if (!ready() || byte() != '"') break;
    cell.doubled = true;
    ++m_at;
  }
  cell.begin = static_cast<std::uint32_t>(begin);
  cell.size = static_cast<std::uint32_t>(m_at - 1 - begin);
  count_lines(cell);
  skip_return();
  return true;
}

void CsvSplitter::count_lines(const CsvCell& cell) {
  const std::string_view text = m_window.view().substr(cell.begin, cell.size);
  const auto lines = static_cast<std::uint32_t>(std::ranges::count(text, '\n'));
  if (lines == 0) return;
  m_line += lines;
  m_line_start = cell.begin + text.rfind('\n') + 1;
}

/// After a quoted cell: a carriage return that belongs to the end of line.
void CsvSplitter::skip_return() {
  if (!ready() || byte() != '\r') return;
  ++m_at;
  const bool line_ends = !ready() || byte() == '\n';
  if (!line_ends) --m_at;
}

void CsvSplitter::add(CsvRow& row, const CsvCell& cell) const {
  if (row.cells.size() < m_most_cells) {
    row.cells.push_back(cell);
    return;
  }
  ++row.over;
  if (cell.size > 0) ++row.filled_over;
}

bool CsvSplitter::take_separator() {
  if (!ready() || byte() != m_separator) return false;
  ++m_at;
  return true;
}

void CsvSplitter::take_line_feed() {
  ++m_at;
  ++m_line;
}

void CsvSplitter::refuse(CsvRow& row, FaultCode code, Position at) {
  row.cells.clear();
  row.bytes = {};
  row.fault = code;
  row.fault_at = at;
}

/// Goes to the line after the one that holds the byte at `from`.
void CsvSplitter::skip_line(std::size_t from) {
  for (;;) {
    const std::size_t end = m_window.view().find('\n', from);
    if (end != std::string_view::npos) {
      m_at = end;
      return take_line_feed();
    }
    m_window.drop(m_window.view().size());
    m_at = 0;
    from = 0;
    if (!m_window.grow()) return;
  }
}

Position CsvSplitter::position(std::size_t at) const noexcept {
  return {m_line, static_cast<std::uint32_t>(at - m_line_start + 1)};
}

}  // namespace passerelle::codec
