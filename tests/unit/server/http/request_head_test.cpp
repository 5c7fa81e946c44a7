#include "gateway/server/http/request_head.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace passerelle::server::http {
namespace {

constexpr Limits limits;

tl::expected<RequestHead, Refusal> parse(std::string_view fields,
                                         std::string_view line = "POST /a HTTP/1.1") {
  return parse_head(fmt::format("{}\r\nHost: h\r\n{}\r\n", line, fields), limits);
}

Refusal refusal(std::string_view fields, std::string_view line = "POST /a HTTP/1.1") {
  const auto head = parse(fields, line);
  EXPECT_FALSE(head) << line << fields;
  return head ? Refusal::handler : head.error();
}

TEST(RequestHead, says_what_is_asked_and_how_long_the_body_is) {
  const auto head = parse("X-A:  b c \t\r\nContent-Length: 12\r\nx-a: d\r\n", "PUT /a/b?c=d?e HTTP/1.1");
  ASSERT_TRUE(head);
  EXPECT_EQ(head->method, "PUT");
  EXPECT_EQ(head->path, "/a/b");
  EXPECT_EQ(head->query, "c=d?e");
  EXPECT_EQ(value_of(head->fields, "x-A"), "b c");
  EXPECT_EQ(count_of(head->fields, "X-A"), 2);
  EXPECT_EQ(head->framing, Framing::length);
  EXPECT_EQ(head->length, 12);
  EXPECT_TRUE(head->keeps_alive);
  EXPECT_FALSE(head->expects_continue);
}

TEST(RequestHead, decodes_nothing) {
  const auto head = parse("", "GET /a%2Fb/../c?%41 HTTP/1.1");
  ASSERT_TRUE(head);
  EXPECT_EQ(head->path, "/a%2Fb/../c");
  EXPECT_EQ(head->query, "%41");
}

TEST(RequestHead, ends_the_connection_when_asked_or_when_the_version_is_old) {
  EXPECT_FALSE(parse("Connection: x, Close\r\n")->keeps_alive);
  EXPECT_FALSE(parse("", "GET / HTTP/1.0")->keeps_alive);
  EXPECT_TRUE(parse("Connection: closed\r\n")->keeps_alive);
}

TEST(RequestHead, has_no_body_unless_it_says_so) {
  EXPECT_EQ(parse("")->framing, Framing::none);
  EXPECT_EQ(parse("Content-Length: 0\r\n")->framing, Framing::none);
  EXPECT_EQ(parse("Transfer-Encoding: Chunked\r\n")->framing, Framing::chunked);
}

TEST(RequestHead, refuses_lengths_that_two_readers_could_understand_differently) {
  for (const char* fields :
       {"Content-Length: 5\r\nContent-Length: 5\r\n", "Content-Length: 5\r\ncontent-length: 6\r\n",
        "Content-Length: +5\r\n", "Content-Length: -1\r\n", "Content-Length: 5, 5\r\n",
        "Content-Length: 0x5\r\n", "Content-Length:\r\n", "Content-Length: 5 5\r\n",
        "Content-Length: 99999999999999999999\r\n", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"})
    EXPECT_EQ(refusal(fields), Refusal::framing) << fields;
  EXPECT_EQ(refusal("Transfer-Encoding: chunked\r\n", "POST / HTTP/1.0"), Refusal::framing);
}

TEST(RequestHead, refuses_transfer_codings_but_chunked) {
  for (const char* fields : {"Transfer-Encoding: gzip\r\n", "Transfer-Encoding: gzip, chunked\r\n",
                             "Transfer-Encoding: chunked, chunked\r\n", "Transfer-Encoding: xchunked\r\n",
                             "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                             "Transfer-Encoding: \"chunked\"\r\n", "Transfer-Encoding:\r\n"})
    EXPECT_EQ(refusal(fields), Refusal::transfer_coding) << fields;
}

TEST(RequestHead, refuses_lines_that_are_no_fields) {
  for (const char* fields : {" folded: 1\r\n", "A: b\r\n c\r\n", "A : b\r\n", "A\r\n", ": b\r\n",
                             "A\t: b\r\n", "A: b\x01\r\n", "A: b\rc\r\n", "A: b\x7F\r\n", "A(: b\r\n"})
    EXPECT_EQ(refusal(fields), Refusal::head_syntax) << fields;
  EXPECT_EQ(refusal(std::string_view("A: b\0c\r\n", 9)), Refusal::head_syntax);
}

TEST(RequestHead, refuses_words_that_the_library_would_decode) {
  EXPECT_EQ(refusal("Content-Length: =?utf-8?q?5?=\r\n"), Refusal::head_syntax);
  EXPECT_EQ(refusal("A: =?utf-8?q?=0D=0AB=3A_c?=\r\n"), Refusal::head_syntax);
}

TEST(RequestHead, refuses_lines_that_are_no_requests) {
  for (const char* line :
       {"GET  / HTTP/1.1", "GET / HTTP/1.1 ", " GET / HTTP/1.1", "GET /", "G(T / HTTP/1.1", "GET", "",
        "GET a HTTP/1.1", "GET http://h/ HTTP/1.1", "OPTIONS * HTTP/1.1", "CONNECT h:1 HTTP/1.1",
        "GET /\t HTTP/1.1", "GET /\xC3\xA9 HTTP/1.1", "GET / a HTTP/1.1"})
    EXPECT_EQ(refusal("", line), Refusal::head_syntax) << line;
  for (const char* line : {"GET / HTTP/2.0", "GET / http/1.1", "GET / HTTP/1.2", "GET / HTTP/01.1"})
    EXPECT_EQ(refusal("", line), Refusal::version) << line;
}

TEST(RequestHead, wants_one_host) {
  EXPECT_EQ(refusal("Host: other\r\n"), Refusal::host);
  const auto none = parse_head("GET / HTTP/1.1\r\n\r\n", limits);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error(), Refusal::host);
  EXPECT_TRUE(parse_head("GET / HTTP/1.0\r\n\r\n", limits));
}

TEST(RequestHead, knows_one_expectation) {
  EXPECT_TRUE(parse("Expect: 100-Continue\r\nContent-Length: 1\r\n")->expects_continue);
  EXPECT_FALSE(parse("Expect: 100-continue\r\n")->expects_continue);
  EXPECT_EQ(refusal("Expect: a-miracle\r\n"), Refusal::expectation);
}

TEST(RequestHead, is_bounded) {
  EXPECT_EQ(refusal("", "GET /" + std::string(limits.target_bytes, 'a') + " HTTP/1.1"), Refusal::target_size);
  std::string many;
  for (int i = 0; i < limits.fields; ++i) many += fmt::format("F{}: v\r\n", i);
  EXPECT_EQ(refusal(many), Refusal::head_size);
  EXPECT_EQ(refusal("A: " + std::string(9000, 'a') + "\r\n"), Refusal::head_size);
}

TEST(RequestHeadEnd, is_found_wherever_the_bytes_were_cut) {
  const std::string head = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  const std::string bytes = head + "more\n";
  for (std::size_t cut = 0; cut < head.size(); ++cut) {
    const auto early = find_head_end(std::string_view(bytes).substr(0, cut), 0, limits);
    ASSERT_TRUE(early);
    EXPECT_FALSE(*early) << cut;
    EXPECT_EQ(find_head_end(bytes, cut, limits).value(), head.size()) << cut;
  }
}

TEST(RequestHeadEnd, refuses_a_lone_line_feed_at_once_and_what_is_too_long) {
  EXPECT_EQ(find_head_end("GET / HTTP/1.1\n", 0, limits).error(), Refusal::head_syntax);
  EXPECT_EQ(find_head_end("\n", 0, limits).error(), Refusal::head_syntax);
  EXPECT_EQ(find_head_end(std::string(limits.head_bytes, 'a'), 0, limits).error(), Refusal::head_size);
  EXPECT_EQ(find_head_end(std::string(limits.head_bytes, 'a') + "\r\n\r\n", 0, limits).error(),
            Refusal::head_size);
}

}  // namespace
}  // namespace passerelle::server::http
