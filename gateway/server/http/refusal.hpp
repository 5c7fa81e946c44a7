// Why a request or a connection was turned away before any use case saw it.
#pragma once

#include <cstdint>
#include <string_view>

namespace passerelle::server::http {

enum class Refusal : std::uint8_t {
  // The head.
  head_syntax,
  head_size,
  target_size,
  version,
  host,
  framing,
  transfer_coding,
  expectation,
  route,
  method,
  // The body.
  body_size,
  chunk,
  storage,
  // Work.
  queue_full,
  partner_share,
  waited,
  handler,
  // Time, and connections that end without an answer.
  head_time,
  body_time,
  answer_time,
  handshake_time,
  cut,
  connections,
  // TLS.
  tls,
  tls_version,
  not_tls,
  certificate_missing,
  certificate_expired,
  certificate_revoked,
  certificate_unknown,
  certificate_other,
  revocations,
};

struct RefusalEntry {
  Refusal refusal;
  int status;               ///< of HTTP; 0: the connection ends without an answer
  std::string_view reason;  ///< stable word of metrics and logs
  std::string_view text;    ///< French, for the body of the answer
};

[[nodiscard]] const RefusalEntry& entry_of(Refusal refusal) noexcept;

}  // namespace passerelle::server::http
