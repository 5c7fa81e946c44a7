#include "gateway/server/http/connection.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/unit/server/http/running_server.hpp"

namespace passerelle::server::http {
namespace {

namespace chr = std::chrono;

constexpr chr::milliseconds soon{1000};  // a busy machine shakes hands in less

/// What is counted when a connection is turned away for that reason.
std::string refused(std::string_view reason) {
  return fmt::format("passerelle_http_refused_total{{reason=\"{}\"}}", reason);
}

/// A request whose last octet does not come.
std::string cut_post() {
  std::string request = post("/echo", "abc");
  request.pop_back();
  return request;
}

TEST(Connection, answers_one_request_after_the_other) {
  const RunningServer running;
  Client client(running.client());
  ASSERT_TRUE(client.is_open());
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(client.send(post("/echo", fmt::format("body {}", i))));
    const auto reply = client.receive();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 200);
    EXPECT_EQ(reply->body, fmt::format("body {}", i));
  }
}

TEST(Connection, answers_pipelined_requests_in_order_whatever_stands_where_they_are_cut) {
  const RunningServer running;
  std::string bytes;
  for (int i = 0; i < 40; ++i)
    bytes += post("/echo", std::to_string(i)) + (i % 3 == 0 ? get("/nowhere") : "");
  for (const std::size_t step : {std::size_t{7}, std::size_t{1000}, bytes.size()}) {
    Client client(running.client());
    for (std::size_t at = 0; at < bytes.size(); at += step) ASSERT_TRUE(client.send(bytes.substr(at, step)));
    for (int i = 0; i < 40; ++i) {
      EXPECT_EQ(client.receive().value_or(Reply()).body, std::to_string(i));
      if (i % 3 == 0) {
        EXPECT_EQ(client.receive().value_or(Reply()).status, 404);
      }
    }
  }
}

TEST(Connection, takes_bodies_in_chunks_small_or_large) {
  const RunningServer running;
  Client client(running.client());
  const std::string head = "POST /size HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  client.send(head + "3\r\nabc\r\n0\r\n\r\n");
  EXPECT_EQ(client.receive().value_or(Reply()).body, "3 false");
  client.send(head);
  const std::string piece = fmt::format("{:x}\r\n{}\r\n", 65536, std::string(65536, 'x'));
  for (int i = 0; i < 32; ++i) client.send(piece);
  client.send("0\r\n\r\n");
  EXPECT_EQ(client.receive().value_or(Reply()).body, fmt::format("{} true", 65536 * 32));
}

TEST(Connection, gives_back_a_body_that_went_through_a_file) {
  const RunningServer running;
  Client client(running.client());
  std::string body;
  while (body.size() < 500'000) body += std::to_string(body.size());
  client.send(post("/echo", body));
  EXPECT_EQ(client.receive().value_or(Reply()).body, body);
}

TEST(Connection, sends_large_answers_to_who_reads_them_late) {
  const RunningServer running;
  Client late(running.client());
  late.send(get("/large") + get("/who"));
  Client other(running.client());
  other.send(get("/who"));
  EXPECT_EQ(other.receive().value_or(Reply()).status, 200);
  EXPECT_EQ(late.receive().value_or(Reply()).body.size(), std::size_t{4} << 20);
  EXPECT_EQ(late.receive().value_or(Reply()).status, 200);
}

TEST(Connection, invites_a_body_or_refuses_it_before_it_is_sent) {
  const RunningServer running;
  Client client(running.client());
  client.send("POST /echo HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  EXPECT_EQ(client.receive().value_or(Reply()).status, 100);
  client.send("abc");
  EXPECT_EQ(client.receive().value_or(Reply()).body, "abc");
  client.send("POST /echo HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 9999999\r\n\r\n");
  EXPECT_EQ(client.receive().value_or(Reply()).status, 413);
  EXPECT_TRUE(client.ends());
}

TEST(Connection, answers_a_request_for_the_head_alone) {
  const RunningServer running;
  Client client(running.client());
  client.send("HEAD /large HTTP/1.1\r\nHost: h\r\n\r\n" + get("/nowhere"));
  const auto reply = client.receive(true);
  ASSERT_TRUE(reply);
  EXPECT_NE(reply->head.find("Content-Length: 4194304\r\n"), std::string::npos);
  EXPECT_EQ(client.receive().value_or(Reply()).status, 404);
}

TEST(Connection, says_which_methods_an_address_has) {
  const RunningServer running;
  Client client(running.client());
  client.send("TRACE /who HTTP/1.1\r\nHost: h\r\n\r\n");
  const Reply reply = client.receive().value_or(Reply());
  EXPECT_EQ(reply.status, 405);
  EXPECT_NE(reply.head.find("Allow: GET, HEAD\r\n"), std::string::npos);
}

TEST(Connection, ends_when_asked_to_and_for_old_clients) {
  const RunningServer running;
  for (const char* request :
       {"GET /who HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", "GET /who HTTP/1.0\r\n\r\n"}) {
    Client client(running.client());
    client.send(request);
    const Reply reply = client.receive().value_or(Reply());
    EXPECT_EQ(reply.status, 200);
    EXPECT_NE(reply.head.find("Connection: close\r\n"), std::string::npos);
    EXPECT_TRUE(client.ends());
  }
}

/// One request to us must never be two to whoever stands before us, nor the reverse.
TEST(Connection, lets_no_request_be_smuggled) {
  const RunningServer running;
  const std::string smuggled = get("/who");
  for (const std::string& request :
       {"POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" +
            smuggled,
        "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nContent-Length: 9\r\n\r\n" + smuggled,
        "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + smuggled,
        "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n" + smuggled,
        "POST /echo HTTP/1.1\r\nHost: h\r\nX: y\nContent-Length: 3\r\n\r\nabc" + smuggled,
        "POST /echo HTTP/1.1\nHost: h\n\n" + smuggled,
        "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\naX0\r\n\r\n" + smuggled,
        "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n" + smuggled,
        "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: =?utf-8?q?0?=\r\n\r\n" + smuggled}) {
    Client client(running.client());
    client.send(request);
    EXPECT_EQ(client.receive().value_or(Reply()).status, 400) << request;
    EXPECT_TRUE(client.ends()) << request;
  }
}

TEST(Connection, refuses_bodies_and_heads_that_are_too_long_and_says_so) {
  const RunningServer running;
  for (const auto& [request, status] : std::initializer_list<std::pair<std::string, int>>{
           {"POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999\r\n\r\n" +
                std::string(3'000'000, 'x'),
            413},
           {"POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFF\r\n" +
                std::string(3'000'000, 'x'),
            413},
           {"GET / HTTP/1.1\r\nHost: h\r\nA: " + std::string(100'000, 'x'), 431},
           {"GET /" + std::string(5'000, 'x') + " HTTP/1.1\r\nHost: h\r\n\r\n", 414}}) {
    Client client(running.client());
    client.send(request);
    EXPECT_EQ(client.receive().value_or(Reply()).status, status);
    EXPECT_TRUE(client.ends());
  }
}

TEST(Connection, that_is_cut_in_a_request_is_no_request) {
  const RunningServer running;
  for (const std::string& part :
       {std::string("POST /echo HTT"), cut_post(),
        std::string("POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")}) {
    Client client(running.client());
    client.send(part);
    client.finish();
    EXPECT_TRUE(client.ends());
  }
  EXPECT_TRUE(running.reaches(refused("cut"), 3));
  EXPECT_EQ(running.metric("passerelle_http_requests_total{route=\"/echo\",status=\"200\"}"), -1);
}

TEST(Connection, that_vanishes_while_it_is_worked_for_leaves_nothing) {
  RunningServer running;
  Client client(running.client());
  client.send(get("/wait"));
  running.gate.wait_for(1);
  client.vanish();
  EXPECT_TRUE(running.reaches("passerelle_http_connections", 1));
  EXPECT_EQ(running.metric("passerelle_http_workers_busy"), 1);
  running.gate.open();
  EXPECT_TRUE(running.reaches("passerelle_http_workers_busy", 0));
}

TEST(Connection, that_dawdles_ends_with_a_word_where_one_can_be_said) {
  TestSettings settings;
  settings.limits.head = soon;
  settings.limits.grace = soon;
  settings.limits.idle = soon;
  settings.limits.handshake = soon;
  const RunningServer running(settings);
  Client head(running.client());
  Client body(running.client());
  Client idle(running.client());
  head.send("GET /who HTTP/1.1\r\nHos");
  body.send(cut_post());
  EXPECT_EQ(head.receive().value_or(Reply()).status, 408);
  EXPECT_TRUE(head.ends());
  EXPECT_EQ(body.receive().value_or(Reply()).status, 408);
  EXPECT_TRUE(body.ends());
  EXPECT_TRUE(idle.ends());
  Client silent({.port = running.port, .is_tls = false});
  EXPECT_TRUE(silent.ends());
  EXPECT_EQ(running.metric(refused("head_time")), 1);
  EXPECT_EQ(running.metric(refused("body_time")), 1);
  EXPECT_EQ(running.metric(refused("handshake_time")), 1);
}

TEST(Connection, whose_answer_is_not_read_ends) {
  TestSettings settings;
  settings.limits.grace = soon;
  settings.limits.bytes_a_second = 1 << 30;
  const RunningServer running(settings);
  Client client(running.client());
  // More than the sockets of both ends hold.
  client.send(get("/large") + get("/large") + get("/large") + get("/large"));
  EXPECT_TRUE(running.reaches(refused("answer_time"), 1));
}

TEST(Connection, tells_nothing_of_what_a_handler_threw) {
  const RunningServer running;
  Client client(running.client());
  client.send(get("/throw?name=secret") + get("/forge"));
  for (int i = 0; i < 2; ++i) {
    const Reply reply = client.receive().value_or(Reply());
    EXPECT_EQ(reply.status, 500);
    EXPECT_EQ(reply.body, "erreur interne\n");
  }
  client.send(get("/who"));
  EXPECT_EQ(client.receive().value_or(Reply()).status, 200);
  EXPECT_TRUE(running.reaches("passerelle_http_requests_total{route=\"/who\",status=\"200\"}", 1));
  EXPECT_NE(running.log().find("\"exception\":\"std::runtime_error\""), std::string::npos);
  EXPECT_EQ(running.log().find("secret"), std::string::npos);
}

}  // namespace
}  // namespace passerelle::server::http
