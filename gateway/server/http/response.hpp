// What a handler answers, and its head on the wire.
#pragma once

#include <string>

#include "gateway/model/clock.hpp"
#include "gateway/server/http/fields.hpp"
#include "gateway/server/http/refusal.hpp"

namespace passerelle::server::http {

struct Response {
  int status = 200;
  Fields fields;  ///< `Content-Type`...; those of framing (length, connection, date) are the server's
  std::string body;
  std::string partner;  ///< who was answered, for the log: a code, never a person; empty: by certificate
};

/// What the server, not the handler, says of an answer.
struct AnswerFrame {
  model::Time now;
  bool closes = false;  ///< whether the connection ends behind it
  bool is_tls = false;
};

/// The answer to what was refused, in French.
[[nodiscard]] Response refuse(Refusal refusal);

/// Whether it can be sent: a final status, a body only where that has one, names and values that fit in a
/// head, none of those of framing.
[[nodiscard]] bool is_sendable(const Response& response);

/// The head, its empty line included. Nothing is kept in caches, and no type is guessed, unless the response
/// says otherwise.
[[nodiscard]] std::string write_head(const Response& response, const AnswerFrame& frame);

}  // namespace passerelle::server::http
