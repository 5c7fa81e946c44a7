#include "gateway/server/http/health.hpp"

#include <gtest/gtest.h>

#include "tests/unit/server/http/running_server.hpp"

namespace passerelle::server::http {
namespace {

TEST(Health, is_told_in_clear_on_this_machine_though_every_worker_is_busy) {
  TestSettings settings;
  settings.limits.workers = 1;
  settings.limits.waiting = 1;
  RunningServer running(settings);
  Client busy(running.client());
  Client waiting(running.client());
  busy.send(get("/wait"));
  running.gate.wait_for(1);
  waiting.send(get("/wait"));
  EXPECT_TRUE(running.reaches("passerelle_http_queue", 1));
  EXPECT_EQ(running.watch("/sante").body, "{\"etat\":\"vivant\"}\n");
  EXPECT_EQ(running.watch("/pret").body, "{\"etat\":\"prêt\"}\n");
}

TEST(Health, says_why_it_is_not_ready) {
  const model::SystemClock clock;
  const Server server({}, clock, [](std::string_view) {});
  Routes routes;
  add_health(routes, server, [] { return std::string("base de données absente"); });
  const Response response = (*routes.find("GET", "/pret"))->handler(Request());
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(response.body, "{\"etat\":\"base de données absente\"}\n");
}

TEST(Health, counts_what_is_there_and_what_was_done) {
  const RunningServer running;
  Client client(running.client());
  client.send(post("/echo", "abc"));
  EXPECT_TRUE(client.receive());
  EXPECT_TRUE(running.reaches("passerelle_http_requests_total{route=\"/echo\",status=\"200\"}", 1));
  EXPECT_EQ(running.metric("passerelle_http_request_duration_seconds_count{route=\"/echo\"}"), 1);
  EXPECT_EQ(running.metric("passerelle_http_request_duration_seconds_bucket{route=\"/echo\",le=\"+Inf\"}"),
            1);
  EXPECT_EQ(running.metric("passerelle_http_connections"), 2);
  EXPECT_EQ(running.metric("passerelle_http_connections_parked"), 1);
  EXPECT_EQ(running.metric("passerelle_http_workers"), 8);
  EXPECT_GT(running.metric("passerelle_tls_certificate_end_seconds"), 1e9);
  EXPECT_GT(running.metric("passerelle_tls_revocations_next_seconds"), 1e9);
  EXPECT_GT(running.metric("passerelle_http_received_bytes_total"), 50);
}

}  // namespace
}  // namespace passerelle::server::http
