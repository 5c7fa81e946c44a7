#include "gateway/server/http/request_reader.hpp"

#include <algorithm>
#include <utility>

namespace passerelle::server::http {

using Progress = RequestReader::Progress;

RequestReader::RequestReader(const Routes& routes, const Limits& limits, BodyRoom& room)
    : m_routes(&routes), m_limits(&limits), m_room(&room), m_chunks(limits) {}

tl::expected<Progress, Refusal> RequestReader::read(std::string_view& input) {
  const std::size_t before = input.size();
  const auto progress = m_head ? read_body(input) : read_head(input);
  m_received += before - input.size();
  return progress;
}

tl::expected<Progress, Refusal> RequestReader::read_head(std::string_view& input) {
  const std::size_t before = m_text.size();
  m_text.append(input);
  const auto end = find_head_end(m_text, before, *m_limits);
  if (!end || !*end) {
    input = {};
    if (!end) return tl::unexpected(end.error());
    return Progress::more;
  }
  input.remove_prefix(**end - before);
  auto head = parse_head(std::string_view(m_text).substr(0, **end), *m_limits);
  m_text = std::string();
  if (!head) return tl::unexpected(head.error());
  m_head = std::move(*head);
  return begin_body();
}

tl::expected<Progress, Refusal> RequestReader::begin_body() {
  const auto route = m_routes->find(m_head->method, m_head->path);
  if (!route) return tl::unexpected(route.error());
  m_route = *route;
  if (m_head->framing == Framing::none) return Progress::complete;
  if (m_head->length > m_route->body_bytes) return tl::unexpected(Refusal::body_size);
  m_left = m_head->length;
  m_chunks = ChunkedBody(*m_limits);
  m_body = BodyWriter(*m_room, m_route->body_bytes, m_route->in_memory);
  return Progress::head_read;
}

tl::expected<Progress, Refusal> RequestReader::read_body(std::string_view& input) {
  return m_head->framing == Framing::chunked ? read_chunks(input) : read_length(input);
}

tl::expected<Progress, Refusal> RequestReader::read_chunks(std::string_view& input) {
  while (!input.empty() && !m_chunks.is_over()) {
    const auto piece = m_chunks.next(input);
    if (!piece) return tl::unexpected(piece.error());
    if (const auto kept = m_body.append(*piece); !kept) return tl::unexpected(kept.error());
  }
  return m_chunks.is_over() ? Progress::complete : Progress::more;
}

tl::expected<Progress, Refusal> RequestReader::read_length(std::string_view& input) {
  const std::string_view piece = input.substr(0, std::min<std::uint64_t>(m_left, input.size()));
  input.remove_prefix(piece.size());
  m_left -= piece.size();
  if (const auto kept = m_body.append(piece); !kept) return tl::unexpected(kept.error());
  return m_left == 0 ? Progress::complete : Progress::more;
}

Request RequestReader::take_request() {
  Request request{.method = std::move(m_head->method),
                  .path = std::move(m_head->path),
                  .query = std::move(m_head->query),
                  .fields = std::move(m_head->fields),
                  .body = m_body.take(),
                  .peer = nullptr};
  skip_request();
  return request;
}

void RequestReader::skip_request() {
  m_head.reset();
  m_route = nullptr;
  m_received = 0;
}

}  // namespace passerelle::server::http
