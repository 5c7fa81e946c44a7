// The answer to a request of ours, put together from the bytes of a connection (RFC 9112).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/server/http/chunked_body.hpp"
#include "gateway/server/http/client_stream.hpp"
#include "gateway/server/http/fields.hpp"
#include "gateway/server/http/limits.hpp"

namespace passerelle::server::http {

struct ClientAnswer {
  int status = 0;
  Fields fields;
  std::string body;
};

/// Reads one answer to a POST over a connection that is closed behind it; interim answers (1xx) are passed
/// over. What two readers could understand differently is `nonsense`: lengths that are double, badly written
/// or beside a transfer coding, codings other than `chunked`.
class AnswerReader {
 public:
  /// `limits` outlive it; a body may hold `most` octets.
  AnswerReader(const Limits& limits, std::size_t most) : m_limits(&limits), m_most(most), m_chunks(limits) {}

  /// Takes the next bytes; the fault that they are.
  [[nodiscard]] std::optional<ClientFault> take(std::string_view bytes);
  /// The other side sends no more: the fault when that is too early.
  [[nodiscard]] std::optional<ClientFault> end();
  [[nodiscard]] bool is_over() const noexcept { return m_place == Place::over; }
  [[nodiscard]] ClientAnswer& answer() noexcept { return m_answer; }

 private:
  enum class Place : std::uint8_t { head, length, chunks, to_the_end, over };

  std::optional<ClientFault> take_head();
  std::optional<ClientFault> read_head(std::string_view head);
  std::optional<ClientFault> choose_framing();
  std::optional<ClientFault> take_body(std::string_view bytes);
  std::optional<ClientFault> take_chunks(std::string_view bytes);
  std::optional<ClientFault> keep(std::string_view piece);

  const Limits* m_limits;
  std::size_t m_most;
  Place m_place = Place::head;
  std::string m_head;  ///< until it is whole
  int m_interim = 0;
  std::uint64_t m_left = 0;  ///< of a body of known length
  ChunkedBody m_chunks;
  ClientAnswer m_answer;
};

}  // namespace passerelle::server::http
