#include "gateway/server/http/request_log.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <iterator>
#include <utility>

namespace passerelle::server::http {
namespace {

/// UTC, to the millisecond.
std::string time_text(model::Time now) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now);
  const auto part = std::chrono::duration_cast<std::chrono::milliseconds>(now - seconds).count();
  const std::time_t whole = std::chrono::system_clock::to_time_t(seconds);
  return fmt::format("{:%FT%T}.{:03}Z", fmt::gmtime(whole), part);
}

/// What handlers and tables of ours say: only what would end a JSON string is left out.
std::string quoted(std::string_view text) {
  std::string safe = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') safe += '\\';
    safe += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return safe + '"';
}

}  // namespace

RequestLog::RequestLog(LogSink sink) : m_sink(std::move(sink)) {}

void RequestLog::request(model::Time now, const Served& served, std::string_view partner) {
  fmt::format_to(std::back_inserter(m_lines),
                 R"({{"time":"{}","event":"request","route":{},"method":{},"status":{},"ms":{:.3f},)"
                 R"("received":{},"sent":{},"partner":{},"reason":{}}})"
                 "\n",
                 time_text(now), quoted(served.route), quoted(served.method), served.status,
                 std::chrono::duration<double, std::milli>(served.time).count(), served.received, served.sent,
                 quoted(partner), quoted(served.reason));
}

void RequestLog::refused(model::Time now, Refusal refusal, std::string_view partner) {
  fmt::format_to(std::back_inserter(m_lines),
                 R"({{"time":"{}","event":"refused","reason":"{}","partner":{}}})"
                 "\n",
                 time_text(now), entry_of(refusal).reason, quoted(partner));
}

void RequestLog::failed(model::Time now, std::string_view route, std::string_view failure) {
  fmt::format_to(std::back_inserter(m_lines),
                 R"({{"time":"{}","event":"failed","route":{},"exception":{}}})"
                 "\n",
                 time_text(now), quoted(route), quoted(failure));
}

void RequestLog::renewed(model::Time now, std::string_view problem) {
  fmt::format_to(std::back_inserter(m_lines),
                 R"({{"time":"{}","event":"certificates","outcome":"{}","problem":{}}})"
                 "\n",
                 time_text(now), problem.empty() ? "renewed" : "refused", quoted(problem));
}

void RequestLog::event(model::Time now, std::string_view word) {
  fmt::format_to(std::back_inserter(m_lines),
                 R"({{"time":"{}","event":{}}})"
                 "\n",
                 time_text(now), quoted(word));
}

void RequestLog::flush() {
  if (m_lines.empty()) return;
  m_sink(m_lines);
  m_lines.clear();
}

}  // namespace passerelle::server::http
