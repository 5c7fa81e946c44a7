#include "gateway/server/http/answer_reader.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace passerelle::server::http {
namespace {

constexpr std::size_t most = 20;

/// Status and body, or the fault; read in pieces of some bytes, then the end.
std::string read(std::string_view bytes, std::size_t piece) {
  const Limits limits{.head_bytes = 200, .fields = 4};
  AnswerReader reader(limits, most);
  while (!bytes.empty() && !reader.is_over()) {
    if (const auto fault = reader.take(bytes.substr(0, piece))) return std::string(word_of(*fault));
    bytes.remove_prefix(std::min(piece, bytes.size()));
  }
  if (!reader.is_over()) {
    if (const auto fault = reader.end()) return std::string(word_of(*fault));
  }
  return fmt::format("{} {}", reader.answer().status, reader.answer().body);
}

/// At once and byte by byte.
std::string read(std::string_view bytes) {
  std::string whole = read(bytes, bytes.size() + 1);
  EXPECT_EQ(read(bytes, 1), whole) << bytes;
  return whole;
}

TEST(AnswerReader, ends_a_body_as_its_head_says) {
  EXPECT_EQ(read("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef"), "200 abc");
  EXPECT_EQ(read("HTTP/1.1 500\r\ncontent-length: 0\r\n\r\n"), "500 ");
  EXPECT_EQ(
      read("HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1;x=y\r\nc\r\n0\r\nA: b\r\n\r\n"),
      "200 abc");
  EXPECT_EQ(read("HTTP/1.0 200 OK\r\n\r\nabc"), "200 abc");
  EXPECT_EQ(read("HTTP/1.1 204 No\r\n\r\nabc"), "204 ");
}

TEST(AnswerReader, passes_over_interim_answers) {
  EXPECT_EQ(read("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 X\r\nA: b\r\n\r\nHTTP/1.1 200 OK\r\n\r\na"),
            "200 a");
  std::string endless;
  for (int rank = 0; rank < 20; ++rank) endless += "HTTP/1.1 100 Continue\r\n\r\n";
  EXPECT_EQ(read(endless), "non-http");
  EXPECT_EQ(read("HTTP/1.1 101 Switching\r\n\r\n"), "non-http");
}

TEST(AnswerReader, tells_an_answer_that_was_cut) {
  EXPECT_EQ(read("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab"), "coupure");
  EXPECT_EQ(read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n"), "coupure");
  EXPECT_EQ(read("HTTP/1.1 200 OK\r\nConte"), "coupure");
  EXPECT_EQ(read(""), "coupure");
}

TEST(AnswerReader, refuses_what_two_readers_could_understand_differently) {
  for (const std::string_view head :
       {"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nContent-Length: +3\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nContent-Length: 3, 3\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nA : b\r\n\r\n", "HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n\r\n",
        "HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 2000\r\n\r\n", "HTTP/2 200 OK\r\n\r\n", "ICY 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nA: 1\r\nB: 1\r\nC: 1\r\nD: 1\r\nE: 1\r\n\r\n"})
    EXPECT_EQ(read(head), "non-http") << head;
  EXPECT_EQ(read("HTTP/1.1 200 OK\r\nA: " + std::string(300, 'a') + "\r\n\r\n"), "non-http");
}

TEST(AnswerReader, keeps_no_more_than_it_may) {
  EXPECT_EQ(read("HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n"), "taille");
  EXPECT_EQ(read("HTTP/1.1 200 OK\r\n\r\n" + std::string(21, 'a')), "taille");
  EXPECT_EQ(read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n15\r\n" + std::string(21, 'a')),
            "taille");
  EXPECT_EQ(read("HTTP/1.1 200 OK\r\n\r\n" + std::string(20, 'a')), "200 " + std::string(20, 'a'));
}

}  // namespace
}  // namespace passerelle::server::http
