// Makes requests of the bytes of one connection, as they come.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "gateway/server/http/body.hpp"
#include "gateway/server/http/chunked_body.hpp"
#include "gateway/server/http/limits.hpp"
#include "gateway/server/http/request_head.hpp"
#include "gateway/server/http/routes.hpp"

namespace passerelle::server::http {

class RequestReader {
 public:
  enum class Progress : std::uint8_t {
    more,       ///< all bytes are used up
    head_read,  ///< once for each request with a body: what the client waits for may be said
    complete,   ///< `take_request` before anything else
  };

  /// What they refer to outlives it.
  RequestReader(const Routes& routes, const Limits& limits, BodyRoom& room);

  /// Takes bytes off the front of `input`, those behind a complete request excepted. After a refusal nothing
  /// more may be read, but where `is_between_messages`.
  tl::expected<Progress, Refusal> read(std::string_view& input);
  /// The complete request; the next one may begin.
  [[nodiscard]] Request take_request();
  /// After a refusal: forgets a request without a body, so that the next one may begin.
  void skip_request();

  /// Whether its head has been read.
  [[nodiscard]] bool has_head() const noexcept { return m_head.has_value(); }
  /// Whether the bytes to come, though this request was refused, begin another.
  [[nodiscard]] bool is_between_messages() const noexcept {
    return m_head && m_head->framing == Framing::none && m_head->keeps_alive;
  }
  /// The head; only where `has_head`, as the next.
  [[nodiscard]] const RequestHead& head() const noexcept { return *m_head; }
  /// Null: refused.
  [[nodiscard]] const Route* route() const noexcept { return m_route; }
  /// Octets of this request so far.
  [[nodiscard]] std::uint64_t received() const noexcept { return m_received; }

 private:
  tl::expected<Progress, Refusal> read_head(std::string_view& input);
  tl::expected<Progress, Refusal> begin_body();
  tl::expected<Progress, Refusal> read_body(std::string_view& input);
  tl::expected<Progress, Refusal> read_chunks(std::string_view& input);
  tl::expected<Progress, Refusal> read_length(std::string_view& input);

  const Routes* m_routes;
  const Limits* m_limits;
  BodyRoom* m_room;
  std::string m_text;  ///< of the head, until it is whole
  std::optional<RequestHead> m_head;
  const Route* m_route = nullptr;
  ChunkedBody m_chunks;
  BodyWriter m_body;
  std::uint64_t m_left = 0;  ///< octets of a body of known length
  std::uint64_t m_received = 0;
};

}  // namespace passerelle::server::http
