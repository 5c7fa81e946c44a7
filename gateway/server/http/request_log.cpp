#include "gateway/server/http/request_log.hpp"

#include <fmt/format.h>
#include <utility>

#include "gateway/server/http/event_line.hpp"

namespace passerelle::server::http {

RequestLog::RequestLog(LogSink sink) : m_sink(std::move(sink)) {}

void RequestLog::request(model::Time now, const Served& served, std::string_view partner) {
  m_lines += event_line(now, "request",
                        fmt::format(R"("route":{},"method":{},"status":{},"ms":{:.3f},)"
                                    R"("received":{},"sent":{},"partner":{},"reason":{})",
                                    quoted(served.route), quoted(served.method), served.status,
                                    std::chrono::duration<double, std::milli>(served.time).count(),
                                    served.received, served.sent, quoted(partner), quoted(served.reason)));
}

void RequestLog::refused(model::Time now, Refusal refusal, std::string_view partner) {
  m_lines +=
      event_line(now, "refused",
                 fmt::format(R"("reason":"{}","partner":{})", entry_of(refusal).reason, quoted(partner)));
}

void RequestLog::failed(model::Time now, std::string_view route, std::string_view failure) {
  m_lines +=
      event_line(now, "failed", fmt::format(R"("route":{},"exception":{})", quoted(route), quoted(failure)));
}

void RequestLog::renewed(model::Time now, std::string_view problem) {
  m_lines += event_line(now, "certificates",
                        fmt::format(R"("outcome":"{}","problem":{})", problem.empty() ? "renewed" : "refused",
                                    quoted(problem)));
}

void RequestLog::event(model::Time now, std::string_view word) {
  m_lines += event_line(now, word);
}

void RequestLog::flush() {
  if (m_lines.empty()) return;
  m_sink(m_lines);
  m_lines.clear();
}

}  // namespace passerelle::server::http
