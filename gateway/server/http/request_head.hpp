// The head of an HTTP/1.1 request: request line and fields, and what they say of the body (RFC 9112).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "gateway/server/http/fields.hpp"
#include "gateway/server/http/limits.hpp"
#include "gateway/server/http/refusal.hpp"

namespace passerelle::server::http {

/// How the body ends.
enum class Framing : std::uint8_t { none, length, chunked };

struct RequestHead {
  std::string method;
  std::string path;   ///< as it was written, nothing decoded
  std::string query;  ///< behind the first `?`, without it
  Fields fields;
  Framing framing = Framing::none;
  std::uint64_t length = 0;  ///< octets of the body; 0 but for Framing::length
  bool keeps_alive = true;   ///< whether another request may follow
  bool expects_continue = false;
};

/// Where a head that begins at `bytes[0]` ends: the size of it, its empty line included, or nothing when more
/// is needed. What lies before `looked_at` was looked at before. Refuses an end of line that is not CR LF,
/// and what is longer than a head may be.
[[nodiscard]] tl::expected<std::optional<std::size_t>, Refusal> find_head_end(std::string_view bytes,
                                                                              std::size_t looked_at,
                                                                              const Limits& limits);

/// Reads a whole head, its empty line included. Refuses whatever two readers could understand differently,
/// since another may stand before us (RFC 9112, 11.2): folded lines, blanks before a colon, lengths that are
/// double, badly written, or beside a transfer coding; and what no use case needs: addresses that are not a
/// path, transfer codings but `chunked`.
[[nodiscard]] tl::expected<RequestHead, Refusal> parse_head(std::string_view head, const Limits& limits);

}  // namespace passerelle::server::http
