// One line of JSON for each request and for what else an operator must know; never a value that a client
// sent.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "gateway/model/clock.hpp"
#include "gateway/server/http/metrics.hpp"
#include "gateway/server/http/refusal.hpp"

namespace passerelle::server::http {

/// Takes whole lines, each with its end; called by the thread of the loop, which waits for it.
using LogSink = std::function<void(std::string_view lines)>;

/// Gathers the lines of one turn of the loop.
class RequestLog {
 public:
  explicit RequestLog(LogSink sink);

  /// `partner`: a code, or a short fingerprint; empty when unknown.
  void request(model::Time now, const Served& served, std::string_view partner);
  /// A connection that ended without an answer.
  void refused(model::Time now, Refusal refusal, std::string_view partner);
  /// A handler threw; `failure` is a type.
  void failed(model::Time now, std::string_view route, std::string_view failure);
  /// Certificates read again; an empty `problem` says that all is well.
  void renewed(model::Time now, std::string_view problem);
  /// A word of the server's own life: `start`, `stop`...
  void event(model::Time now, std::string_view word);

  /// Hands over what was gathered.
  void flush();

 private:
  LogSink m_sink;
  std::string m_lines;
};

}  // namespace passerelle::server::http
