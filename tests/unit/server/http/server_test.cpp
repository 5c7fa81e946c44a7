#include "gateway/server/http/server.hpp"

#include <filesystem>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <iterator>

#include "tests/unit/server/http/running_server.hpp"

namespace passerelle::server::http {
namespace {

namespace chr = std::chrono;
namespace fs = std::filesystem;

constexpr chr::seconds long_enough{20};

/// Of this process, as the kernel counts.
std::ptrdiff_t thread_count() {
  return std::distance(fs::directory_iterator("/proc/self/task"), fs::directory_iterator());
}

using Clients = std::vector<std::unique_ptr<Client>>;

Clients connect(const RunningServer& running, int count) {
  Clients clients;
  for (int i = 0; i < count; ++i) clients.push_back(std::make_unique<Client>(running.client()));
  return clients;
}

TEST(Server, holds_idle_connections_without_a_thread) {
  const RunningServer running;
  const std::ptrdiff_t before = thread_count();
  const Clients idle = connect(running, 200);
  EXPECT_TRUE(running.reaches("passerelle_http_connections_parked", 200));
  EXPECT_EQ(thread_count(), before);
  Client active(running.client());
  active.send(get("/who"));
  EXPECT_EQ(active.receive().value_or(Reply()).status, 200);
}

TEST(Server, is_not_slowed_by_those_who_dawdle) {
  const RunningServer running;
  Clients slow = connect(running, 40);  // five for each worker
  for (std::size_t i = 0; i < slow.size(); ++i)
    slow[i]->send(i % 2 == 0 ? "GET /who HTTP/1.1\r\nHo"
                             : "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\na");
  Client active(running.client());
  for (int i = 0; i < 20; ++i) {
    slow[static_cast<std::size_t>(i)]->send("s");
    active.send(get("/who"));
    EXPECT_EQ(active.receive().value_or(Reply()).status, 200);
  }
}

TEST(Server, says_at_once_that_its_queue_is_full) {
  TestSettings settings;
  settings.limits.workers = 1;
  settings.limits.waiting = 2;
  RunningServer running(settings);
  Clients waiting = connect(running, 3);
  waiting[0]->send(get("/wait"));
  running.gate.wait_for(1);  // at work: the other two fill the queue
  waiting[1]->send(get("/wait"));
  waiting[2]->send(get("/wait"));
  EXPECT_TRUE(running.reaches("passerelle_http_queue", 2));
  Client refused(running.client());
  refused.send(get("/who") + get("/nowhere"));
  const Reply reply = refused.receive().value_or(Reply());
  EXPECT_EQ(reply.status, 503);
  EXPECT_NE(reply.head.find("Retry-After: 1\r\n"), std::string::npos);
  EXPECT_EQ(refused.receive().value_or(Reply()).status, 404);
  refused.send("POST /echo HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  EXPECT_EQ(refused.receive().value_or(Reply()).status, 503);
  running.gate.open();
  for (const auto& client : waiting) EXPECT_EQ(client->receive().value_or(Reply()).body, "passed");
}

TEST(Server, gives_one_partner_its_share_of_the_queue_and_no_more) {
  TestSettings settings;
  settings.limits.workers = 1;
  settings.limits.of_one_partner = 2;
  RunningServer running(settings);
  Clients greedy = connect(running, 2);
  for (const auto& client : greedy) client->send(get("/wait"));
  running.gate.wait_for(1);
  EXPECT_TRUE(running.reaches("passerelle_http_queue", 1));
  Client third(running.client());
  third.send(get("/who"));
  EXPECT_EQ(third.receive().value_or(Reply()).status, 429);
  const Identity other = running.authority.issue("autre client inventé");
  Client fair({.port = running.port, .identity = &other});
  fair.send(get("/who"));
  running.gate.open();
  EXPECT_EQ(fair.receive().value_or(Reply()).status, 200);
  for (const auto& client : greedy) EXPECT_EQ(client->receive().value_or(Reply()).status, 200);
  third.send(get("/who"));
  EXPECT_EQ(third.receive().value_or(Reply()).status, 200);
}

TEST(Server, does_no_work_for_who_has_waited_too_long) {
  TestSettings settings;
  settings.limits.workers = 1;
  settings.limits.wait = chr::milliseconds(500);
  RunningServer running(settings);
  Clients clients = connect(running, 2);
  clients[0]->send(get("/wait"));
  running.gate.wait_for(1);
  clients[1]->send(get("/who"));
  EXPECT_TRUE(running.reaches("passerelle_http_queue", 1));
  std::this_thread::sleep_for(2 * settings.limits.wait);
  running.gate.open();
  EXPECT_EQ(clients[1]->receive().value_or(Reply()).status, 503);
}

TEST(Server, makes_room_for_new_connections_among_the_idle_ones) {
  TestSettings settings;
  settings.limits.connections = 5;
  const RunningServer running(settings);
  Clients idle = connect(running, 4);
  for (const auto& client : idle) EXPECT_TRUE(client->is_open());
  EXPECT_TRUE(running.reaches("passerelle_http_connections_parked", 4));
  Clients more = connect(running, 2);
  for (const auto& client : more) {
    client->send(get("/who"));
    EXPECT_EQ(client->receive().value_or(Reply()).status, 200);
  }
  EXPECT_TRUE(idle[0]->ends());
}

TEST(Server, ends_what_was_begun_before_it_stops) {
  RunningServer running;
  Clients idle = connect(running, 3);
  Client busy(running.client());
  busy.send(get("/wait"));
  Client slow(running.client());
  slow.send(post("/echo", "abc").substr(0, 50));
  running.gate.wait_for(1);
  EXPECT_TRUE(running.reaches("passerelle_http_connections_parked", 3));
  running.server->stop(long_enough);
  for (const auto& client : idle) EXPECT_TRUE(client->ends());
  EXPECT_FALSE(Client(running.client()).is_open());
  EXPECT_EQ(running.watch("/pret").status, 503);
  EXPECT_EQ(running.watch("/sante").status, 200);
  slow.send(post("/echo", "abc").substr(50));
  EXPECT_EQ(slow.receive().value_or(Reply()).body, "abc");
  running.gate.open();
  const Reply reply = busy.receive().value_or(Reply());
  EXPECT_EQ(reply.body, "passed");
  EXPECT_NE(reply.head.find("Connection: close\r\n"), std::string::npos);
  EXPECT_TRUE(busy.ends());
  running.join();
}

TEST(Server, waits_no_longer_than_it_was_told) {
  RunningServer running;
  Client busy(running.client());
  busy.send(get("/wait"));
  running.gate.wait_for(1);
  const auto begin = chr::steady_clock::now();
  running.server->stop(chr::milliseconds(100));
  running.join();
  EXPECT_LT(chr::steady_clock::now() - begin, long_enough);
  EXPECT_TRUE(busy.ends());
}

TEST(Server, logs_one_line_a_request_without_what_was_sent) {
  const RunningServer running;
  Client client(running.client());
  client.send("GET /who?nom=DUPONT HTTP/1.1\r\nHost: h\r\nX-Nom: DUPONT\r\n\r\n" + get("/DUPONT") +
              post("/echo", "DUPONT") + "DUPONT /who HTTP/1.1\r\nHost: h\r\n\r\n");
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(client.receive());
  EXPECT_TRUE(running.reaches("passerelle_http_requests_total{route=\"-\",status=\"405\"}", 1));
  const std::string log = running.log();
  EXPECT_EQ(log.find("DUPONT"), std::string::npos);
  EXPECT_NE(log.find("\"event\":\"request\",\"route\":\"/who\",\"method\":\"GET\",\"status\":200"),
            std::string::npos);
  EXPECT_NE(log.find("\"partner\":\"partenaire-1\",\"reason\":\"\"}\n"), std::string::npos);
  EXPECT_NE(log.find("\"reason\":\"route\"}\n"), std::string::npos);
}

}  // namespace
}  // namespace passerelle::server::http
