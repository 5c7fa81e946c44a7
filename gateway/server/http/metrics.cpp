#include "gateway/server/http/metrics.hpp"

#include <fmt/format.h>
#include <iterator>

namespace passerelle::server::http {
namespace {

/// Of requests to addresses that no route has: their paths are the clients' own.
constexpr std::string_view no_route = "-";

void write_kind(std::string& text, std::string_view name, std::string_view kind) {
  fmt::format_to(std::back_inserter(text), "# TYPE passerelle_{} {}\n", name, kind);
}

template <class Number>
void write_one(std::string& text, std::string_view name, std::string_view kind, Number number) {
  write_kind(text, name, kind);
  fmt::format_to(std::back_inserter(text), "passerelle_{} {}\n", name, number);
}

void write_time(std::string& text, std::string_view name, const std::optional<model::Time>& time) {
  if (!time) return;
  write_one(text, name, "gauge", std::chrono::floor<std::chrono::seconds>(*time).time_since_epoch().count());
}

}  // namespace

void Metrics::count(const Served& served) {
  const std::string_view route = served.route.empty() ? no_route : served.route;
  ++m_requests[{std::string(route), served.status}];
  Duration& duration = m_durations[std::string(route)];
  const double seconds = std::chrono::duration<double>(served.time).count();
  for (std::size_t i = 0; i < bounds.size(); ++i) {
    if (seconds <= bounds.at(i)) ++duration.up_to.at(i);
  }
  ++duration.count;
  duration.seconds += seconds;
  m_received += served.received;
  m_sent += served.sent;
}

std::uint64_t Metrics::refused(Refusal refusal) const {
  const auto found = m_refused.find(refusal);
  return found == m_refused.end() ? 0 : found->second;
}

std::string Metrics::text(const Gauges& gauges) const {
  std::string text;
  write_one(text, "http_connections", "gauge", gauges.connections);
  write_one(text, "http_connections_parked", "gauge", gauges.parked);
  write_one(text, "http_connections_accepted_total", "counter", m_accepted);
  write_one(text, "http_queue", "gauge", gauges.waiting);
  write_one(text, "http_queue_limit", "gauge", gauges.most_waiting);
  write_one(text, "http_workers", "gauge", gauges.workers);
  write_one(text, "http_workers_busy", "gauge", gauges.busy);
  write_one(text, "http_bodies_in_memory_bytes", "gauge", gauges.bodies_in_memory);
  write_one(text, "http_received_bytes_total", "counter", m_received);
  write_one(text, "http_sent_bytes_total", "counter", m_sent);
  write_requests(text);
  write_durations(text);
  write_kind(text, "http_refused_total", "counter");
  for (const auto& [refusal, count] : m_refused)
    fmt::format_to(std::back_inserter(text), "passerelle_http_refused_total{{reason=\"{}\"}} {}\n",
                   entry_of(refusal).reason, count);
  write_kind(text, "tls_renewals_total", "counter");
  fmt::format_to(std::back_inserter(text),
                 "passerelle_tls_renewals_total{{outcome=\"renewed\"}} {}\n"
                 "passerelle_tls_renewals_total{{outcome=\"refused\"}} {}\n",
                 m_renewed, m_not_renewed);
  write_time(text, "tls_certificate_end_seconds", gauges.certificate_ends);
  write_time(text, "tls_revocations_next_seconds", gauges.next_revocations);
  return text;
}

void Metrics::write_requests(std::string& text) const {
  write_kind(text, "http_requests_total", "counter");
  for (const auto& [key, count] : m_requests)
    fmt::format_to(std::back_inserter(text),
                   "passerelle_http_requests_total{{route=\"{}\",status=\"{}\"}} {}\n", key.first, key.second,
                   count);
}

void Metrics::write_durations(std::string& text) const {
  constexpr std::string_view name = "passerelle_http_request_duration_seconds";
  write_kind(text, "http_request_duration_seconds", "histogram");
  const auto out = std::back_inserter(text);
  for (const auto& [route, duration] : m_durations) {
    for (std::size_t i = 0; i < bounds.size(); ++i)
      fmt::format_to(out, "{}_bucket{{route=\"{}\",le=\"{}\"}} {}\n", name, route, bounds.at(i),
                     duration.up_to.at(i));
    fmt::format_to(out, "{}_bucket{{route=\"{}\",le=\"+Inf\"}} {}\n", name, route, duration.count);
    fmt::format_to(out, "{}_sum{{route=\"{}\"}} {}\n{}_count{{route=\"{}\"}} {}\n", name, route,
                   duration.seconds, name, route, duration.count);
  }
}

}  // namespace passerelle::server::http
