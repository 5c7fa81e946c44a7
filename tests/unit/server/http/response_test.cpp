#include "gateway/server/http/response.hpp"

#include <gtest/gtest.h>

namespace passerelle::server::http {
namespace {

constexpr model::Time now{std::chrono::seconds(784111777)};

TEST(Response, has_a_head_that_nothing_keeps_nor_guesses) {
  const Response response{.status = 409, .fields = {{"X-A", "1"}, {"X-A", "2"}}, .body = "abc"};
  EXPECT_EQ(write_head(response, {.now = now, .closes = true, .is_tls = true}),
            "HTTP/1.1 409 Conflict\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nCache-Control: no-store\r\n"
            "X-Content-Type-Options: nosniff\r\nStrict-Transport-Security: max-age=31536000\r\n"
            "Connection: close\r\nX-A: 1\r\nX-A: 2\r\nContent-Length: 3\r\n\r\n");
}

TEST(Response, may_choose_otherwise) {
  const std::string head = write_head({.fields = {{"cache-control", "max-age=60"}}}, {.now = now});
  EXPECT_EQ(head.find("no-store"), std::string::npos);
  EXPECT_NE(head.find("max-age=60"), std::string::npos);
  EXPECT_NE(head.find("Content-Length: 0"), std::string::npos);
  EXPECT_EQ(write_head({.status = 204}, {.now = now}).find("Content-Length"), std::string::npos);
}

TEST(Response, is_not_sent_when_it_would_say_something_else_on_the_wire) {
  EXPECT_TRUE(is_sendable({.fields = {{"Content-Type", "text/xml"}}}));
  EXPECT_FALSE(is_sendable({.fields = {{"A", "b\r\nC: d"}}}));
  EXPECT_FALSE(is_sendable({.fields = {{"A b", "c"}}}));
  EXPECT_FALSE(is_sendable({.fields = {{"content-length", "5"}}}));
  EXPECT_FALSE(is_sendable({.status = 100}));
  EXPECT_FALSE(is_sendable({.status = 204, .body = "a"}));
  EXPECT_FALSE(is_sendable({.status = 600}));
}

TEST(Response, to_a_refusal_is_in_french_and_tells_nothing_of_the_request) {
  const Response response = refuse(Refusal::body_size);
  EXPECT_EQ(response.status, 413);
  EXPECT_EQ(response.body, "corps trop long\n");
}

}  // namespace
}  // namespace passerelle::server::http
