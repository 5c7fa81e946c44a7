#include "gateway/codec/mime/multipart_splitter.hpp"

#include <algorithm>
#include <cassert>
#include <fmt/format.h>

#include "gateway/codec/limits.hpp"
#include "gateway/codec/mime/field_text.hpp"

namespace passerelle::codec {
namespace {

using model::FaultCode;

constexpr std::string_view line_end = "\r\n";
constexpr std::string_view header_end = "\r\n\r\n";
constexpr std::string_view hyphens = "--";

constexpr auto pass_over = [](std::string_view) { return true; };

}  // namespace

MultipartSplitter::MultipartSplitter(ByteSource& source, std::string_view boundary)
    : m_window(source), m_delimiter(fmt::format("{}{}{}", line_end, hyphens, boundary)) {}

bool MultipartSplitter::next(PartHeader& header) {
  if (m_fault || m_place == Place::end) return false;
  if (!reach_delimiter() || !end_delimiter_line()) return false;
  if (++m_rank > limits::parts) return refuse(FaultCode::limit_parts);
  return read_header(header) && begin_body();
}

std::optional<std::uint64_t> MultipartSplitter::read(ByteSink& sink, Room room) {
  if (m_fault || m_place == Place::end) return std::nullopt;
  TransferDecoder decoder(m_encoding);
  std::uint64_t bytes = 0;
  const auto take = [&](std::string_view piece) {
    const auto decoded = decoder.decode(piece);
    if (!decoded) return refuse(FaultCode::mime_content);
    bytes += decoded->size();
    if (bytes > room.bytes) return refuse(room.over);
    sink.write(*decoded);
    return true;
  };
  if (m_place == Place::body && !run_to_delimiter(take)) return std::nullopt;
  if (!decoder.complete()) refuse(FaultCode::mime_content);
  return m_fault ? std::nullopt : std::optional(bytes);
}

/// Leaves behind all that stands before the next delimiter, and the delimiter.
bool MultipartSplitter::reach_delimiter() {
  switch (m_place) {
    case Place::preamble: return find_first_delimiter();
    case Place::body: return run_to_delimiter(pass_over);
    case Place::delimiter: return true;
    case Place::end: break;
  }
  return false;
}

/// The first one needs no CRLF before it when it begins the message.
bool MultipartSplitter::find_first_delimiter() {
  const std::string_view bare = std::string_view(m_delimiter).substr(line_end.size());
  if (m_window.grow_to(bare.size()) && m_window.view().starts_with(bare)) {
    m_place = Place::delimiter;
    return leave(bare.size());
  }
  if (run_to_delimiter(pass_over)) return true;
  if (m_fault->code == FaultCode::mime_truncated) m_fault->code = FaultCode::mime_boundary;
  return false;
}

/// Gives what stands before the next delimiter piece by piece, until `take` answers false.
template <typename Take>
bool MultipartSplitter::run_to_delimiter(Take take) {
  for (;;) {
    const std::string_view view = m_window.view();
    const std::size_t found = view.find(m_delimiter);
    const std::size_t kept = std::min(view.size(), m_delimiter.size() - 1);  // may begin a delimiter
    const std::size_t clear = found == std::string_view::npos ? view.size() - kept : found;
    if (clear > 0 && !take(view.substr(0, clear))) return false;
    if (found != std::string_view::npos) {
      m_place = Place::delimiter;
      return leave(found + m_delimiter.size());
    }
    if (!leave(clear)) return false;
    if (!m_window.grow()) return refuse(FaultCode::mime_truncated);
  }
}

/// Reads what follows a boundary on its line; false after the last one.
bool MultipartSplitter::end_delimiter_line() {
  m_window.grow_to(hyphens.size());
  const bool last = m_window.view().starts_with(hyphens);
  if (last && !leave(hyphens.size())) return false;
  if (!skip_padding()) return false;
  m_window.grow_to(line_end.size());
  const std::string_view rest = m_window.view();
  if (rest.empty()) return last ? end_message() : refuse(FaultCode::mime_truncated);
  if (rest.starts_with('\n')) return refuse(FaultCode::mime_line_end);
  if (!rest.starts_with(line_end)) return refuse(FaultCode::mime_boundary);
  return last ? end_message() : leave(line_end.size());
}

bool MultipartSplitter::skip_padding() {
  for (;;) {
    const std::string_view view = m_window.view();
    const auto end = std::ranges::find_if_not(view, is_blank_character);
    if (!leave(static_cast<std::size_t>(end - view.begin()))) return false;
    if (end != view.end() || !m_window.grow()) return true;
  }
}

/// Reads to the end of the source: a message over the limit is one whatever its parts.
bool MultipartSplitter::end_message() {
  do {
    if (!leave(m_window.view().size())) return false;
  } while (m_window.grow());
  m_place = Place::end;
  return false;
}

/// The window begins after the end of the line of the delimiter.
bool MultipartSplitter::read_header(PartHeader& header) {
  const auto size = header_size();
  if (!size) return false;
  const std::string_view text = m_window.view().substr(0, *size);
  // A delimiter inside would make the parts that follow disappear into this one.
  const std::string_view bare = std::string_view(m_delimiter).substr(line_end.size());
  if (text.starts_with(bare) || text.find(m_delimiter) != std::string_view::npos) {
    return refuse(FaultCode::mime_header);
  }
  auto read = parse_part_header(text);
  if (!read) return refuse(read.error());
  header = std::move(*read);
  m_encoding = header.encoding;
  return leave(text.empty() ? 0 : text.size() + line_end.size());
}

/// How many bytes the header fields take, the CRLF of the last one apart: none when an empty line comes at
/// once.
std::optional<std::size_t> MultipartSplitter::header_size() {
  m_window.grow_to(line_end.size());
  if (m_window.view().starts_with(line_end)) return 0;
  std::size_t seen = 0;
  for (;;) {
    const std::string_view view = m_window.view();
    const std::size_t end = view.find(header_end, seen);
    const bool found = end != std::string_view::npos;
    seen = found ? end : view.size() - std::min(view.size(), header_end.size() - 1);
    const bool over = seen > limits::part_header_bytes;
    if (found && !over) return end;
    if (over || !m_window.grow()) {
      refuse(over ? FaultCode::limit_part_header : FaultCode::mime_truncated);
      return std::nullopt;
    }
  }
}

/// The empty line after the fields may be the one before the next delimiter: the part then has no body at
/// all.
bool MultipartSplitter::begin_body() {
  m_window.grow_to(m_delimiter.size());
  if (m_window.view().starts_with(m_delimiter)) {
    m_place = Place::delimiter;
    return leave(m_delimiter.size());
  }
  m_place = Place::body;
  return leave(line_end.size());
}

/// Leaves bytes behind; false when the message is longer than may be.
bool MultipartSplitter::leave(std::size_t size) {
  m_window.drop(size);
  m_left += size;
  return m_left <= limits::message_bytes || refuse(FaultCode::limit_message);
}

bool MultipartSplitter::refuse(FaultCode code) {
  std::string place = m_rank == 0 ? std::string() : fmt::format("partie[{}]", m_rank);
  if (!m_fault) m_fault = model::make_fault(code, std::move(place));
  return false;
}

}  // namespace passerelle::codec
