// Where the gateway tells what it does of itself.
#pragma once

#include <string_view>
#include <utility>

#include "gateway/model/clock.hpp"
#include "gateway/server/http/event_line.hpp"
#include "gateway/server/http/request_log.hpp"

namespace passerelle::server {

/// From any thread, if the sink is.
class EventLog {
 public:
  /// The clock outlives the log.
  EventLog(const model::Clock& clock, http::LogSink sink) : m_clock(clock), m_sink(std::move(sink)) {}

  /// Members as JSON, without a personal value.
  void tell(std::string_view event, std::string_view members) const {
    m_sink(http::event_line(m_clock.now(), event, members));
  }

 private:
  const model::Clock& m_clock;
  http::LogSink m_sink;
};

}  // namespace passerelle::server
