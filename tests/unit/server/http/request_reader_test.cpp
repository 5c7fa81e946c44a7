#include "gateway/server/http/request_reader.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <vector>

namespace passerelle::server::http {
namespace {

using Progress = RequestReader::Progress;

class RequestReaderTest : public testing::Test {
 protected:
  RequestReaderTest() {
    m_routes.add({.method = "GET", .path = "/a", .handler = {}});
    m_routes.add({.method = "POST", .path = "/b", .handler = {}, .body_bytes = 20});
  }

  /// What all requests of the bytes say, read in pieces of `step`, then the refusal that ended them.
  std::vector<std::string> read(std::string_view bytes, std::size_t step) {
    RequestReader reader(m_routes, m_limits, m_room);
    std::vector<std::string> told;
    std::string rest;
    while (!bytes.empty()) {
      rest += bytes.substr(0, step);
      bytes.remove_prefix(std::min(step, bytes.size()));
      std::string_view input = rest;
      while (!input.empty()) {
        const auto progress = reader.read(input);
        if (!progress) {
          told.emplace_back(entry_of(progress.error()).reason);
          return told;
        }
        if (*progress != Progress::complete) continue;
        const Request request = reader.take_request();
        told.push_back(fmt::format("{} {} [{}]", request.method, request.path, request.body.text()));
      }
      rest.clear();
    }
    return told;
  }

  Routes m_routes;
  Limits m_limits;
  BodyRoom m_room{testing::TempDir(), 1000};
};

TEST_F(RequestReaderTest, makes_the_same_requests_however_the_bytes_come) {
  const std::string_view bytes =
      "GET /a HTTP/1.1\r\nHost: h\r\n\r\n"
      "POST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc"
      "POST /b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nde\r\n1\r\nf\r\n0\r\n\r\n"
      "HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n";
  const std::vector<std::string> wanted = {"GET /a []", "POST /b [abc]", "POST /b [def]", "HEAD /a []"};
  for (std::size_t step = 1; step <= bytes.size(); ++step) EXPECT_EQ(read(bytes, step), wanted) << step;
}

TEST_F(RequestReaderTest, refuses_unknown_addresses_and_methods_and_says_whether_another_request_may_follow) {
  RequestReader reader(m_routes, m_limits, m_room);
  std::string_view bytes = "GET /c HTTP/1.1\r\nHost: h\r\n\r\n";
  EXPECT_EQ(reader.read(bytes).error(), Refusal::route);
  EXPECT_TRUE(reader.is_between_messages());
  reader.skip_request();
  bytes = "DELETE /b HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc";
  EXPECT_EQ(reader.read(bytes).error(), Refusal::method);
  EXPECT_FALSE(reader.is_between_messages());
}

TEST_F(RequestReaderTest, bounds_a_body_by_its_route_before_or_while_it_comes) {
  EXPECT_EQ(read("POST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 21\r\n\r\n", 1000),
            std::vector<std::string>{"body_size"});
  EXPECT_EQ(
      read("POST /b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n" + std::string(21, 'x'),
           1000),
      std::vector<std::string>{"body_size"});
  EXPECT_EQ(read("GET /a HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\n", 1000),
            std::vector<std::string>{"body_size"});
}

TEST_F(RequestReaderTest, counts_what_it_has_received) {
  RequestReader reader(m_routes, m_limits, m_room);
  std::string_view bytes = "POST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabcGET";
  const std::size_t size = bytes.size();
  EXPECT_EQ(reader.read(bytes), Progress::head_read);
  EXPECT_EQ(reader.read(bytes), Progress::complete);
  EXPECT_EQ(reader.received(), size - 3);
  EXPECT_EQ(bytes, "GET");
}

}  // namespace
}  // namespace passerelle::server::http
