#include "gateway/server/http/answer_reader.hpp"

#include <algorithm>
#include <charconv>

#include "gateway/model/ascii.hpp"

namespace passerelle::server::http {
namespace {

constexpr std::string_view line_end = "\r\n";
constexpr int most_interim = 8;

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The code of a status line (RFC 9112, 4), or nothing.
std::optional<int> status_of(std::string_view line) {
  constexpr std::size_t code_at = 9;
  constexpr std::size_t code_size = 3;
  const bool ours = line.starts_with("HTTP/1.1 ") || line.starts_with("HTTP/1.0 ");
  if (!ours || line.size() < code_at + code_size) return std::nullopt;
  const std::string_view code = line.substr(code_at, code_size);
  const bool ends = line.size() == code_at + code_size || line[code_at + code_size] == ' ';
  if (!ends || code[0] == '0' || !std::ranges::all_of(code, model::is_digit)) return std::nullopt;
  return 100 * model::digit_value(code[0]) + 10 * model::digit_value(code[1]) + model::digit_value(code[2]);
}

std::optional<Field> field_of(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return std::nullopt;
  const std::string_view value = trimmed(line.substr(colon + 1));
  if (!is_field_value(value)) return std::nullopt;
  return Field{std::string(line.substr(0, colon)), std::string(value)};
}

}  // namespace

std::optional<ClientFault> AnswerReader::take(std::string_view bytes) {
  if (m_place != Place::head) return take_body(bytes);
  m_head += bytes;
  return take_head();
}

std::optional<ClientFault> AnswerReader::end() {
  if (m_place != Place::to_the_end && m_place != Place::over) return ClientFault::cut;
  m_place = Place::over;
  return std::nullopt;
}

std::optional<ClientFault> AnswerReader::take_head() {
  while (m_place == Place::head) {
    const std::size_t end = m_head.find("\r\n\r\n");
    if (std::min(end, m_head.size()) > m_limits->head_bytes) return ClientFault::nonsense;
    if (end == std::string::npos) return std::nullopt;
    if (const auto fault = read_head(std::string_view(m_head).substr(0, end + line_end.size()))) return fault;
    m_head.erase(0, end + 2 * line_end.size());
  }
  return take_body(std::exchange(m_head, {}));
}

std::optional<ClientFault> AnswerReader::read_head(std::string_view head) {
  const std::size_t first = head.find(line_end);
  const auto status = status_of(head.substr(0, first));
  if (!status) return ClientFault::nonsense;
  m_answer.status = *status;
  m_answer.fields.clear();
  head.remove_prefix(first + line_end.size());
  while (!head.empty()) {
    const std::size_t end = head.find(line_end);
    auto field = field_of(head.substr(0, end));
    if (!field || static_cast<int>(m_answer.fields.size()) == m_limits->fields) return ClientFault::nonsense;
    m_answer.fields.push_back(std::move(*field));
    head.remove_prefix(end + line_end.size());
  }
  if (*status >= 200) return choose_framing();
  return *status == 101 || ++m_interim > most_interim ? std::optional(ClientFault::nonsense) : std::nullopt;
}

/// RFC 9112, 6.3.
std::optional<ClientFault> AnswerReader::choose_framing() {
  const std::size_t lengths = count_of(m_answer.fields, "Content-Length");
  const std::size_t codings = count_of(m_answer.fields, "Transfer-Encoding");
  if (lengths + codings > 1) return ClientFault::nonsense;
  m_place = Place::to_the_end;
  if (codings == 1) {
    if (!same_but_case(value_of(m_answer.fields, "Transfer-Encoding"), "chunked"))
      return ClientFault::nonsense;
    m_place = Place::chunks;
  }
  if (lengths == 1) {
    const std::string_view text = value_of(m_answer.fields, "Content-Length");
    const auto read = std::from_chars(text.data(), text.data() + text.size(), m_left);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return ClientFault::nonsense;
    if (m_left > m_most) return ClientFault::size;
    m_place = m_left == 0 ? Place::over : Place::length;
  }
  if (m_answer.status == 204 || m_answer.status == 304) m_place = Place::over;
  return std::nullopt;
}

std::optional<ClientFault> AnswerReader::take_body(std::string_view bytes) {
  switch (m_place) {
    case Place::length: {
      const std::string_view piece = bytes.substr(0, m_left);
      m_left -= piece.size();
      if (m_left == 0) m_place = Place::over;
      return keep(piece);
    }
    case Place::chunks: return take_chunks(bytes);
    case Place::to_the_end: return keep(bytes);
    case Place::head:
    case Place::over: break;  // what stands behind the answer is nobody's
  }
  return std::nullopt;
}

std::optional<ClientFault> AnswerReader::take_chunks(std::string_view bytes) {
  while (!bytes.empty() && !m_chunks.is_over()) {
    const auto piece = m_chunks.next(bytes);
    if (!piece) return ClientFault::nonsense;
    if (const auto fault = keep(*piece)) return fault;
  }
  if (m_chunks.is_over()) m_place = Place::over;
  return std::nullopt;
}

std::optional<ClientFault> AnswerReader::keep(std::string_view piece) {
  if (m_answer.body.size() + piece.size() > m_most) return ClientFault::size;
  m_answer.body += piece;
  return std::nullopt;
}

}  // namespace passerelle::server::http
