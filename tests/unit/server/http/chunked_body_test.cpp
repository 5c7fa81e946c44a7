#include "gateway/server/http/chunked_body.hpp"

#include <gtest/gtest.h>
#include <string>

namespace passerelle::server::http {
namespace {

constexpr Limits limits;

struct Read {
  std::string body;
  bool is_over = false;
  bool is_refused = false;
  std::size_t left = 0;  ///< bytes behind the end
};

/// Gives the bytes in pieces of `step`.
Read read(std::string_view bytes, std::size_t step = 1000) {
  ChunkedBody chunks(limits);
  Read read;
  while (!bytes.empty() && !chunks.is_over()) {
    std::string_view input = bytes.substr(0, step);
    bytes.remove_prefix(input.size());
    while (!input.empty() && !chunks.is_over()) {
      const auto piece = chunks.next(input);
      if (!piece) return {.is_refused = true};
      read.body += *piece;
    }
    read.left = input.size();
  }
  read.left += bytes.size();
  read.is_over = chunks.is_over();
  return read;
}

TEST(ChunkedBody, is_the_same_however_its_bytes_come) {
  const std::string_view bytes = "3\r\nabc\r\n0A;x=\"y\"\r\n0123456789\r\n0\r\nT: v\r\n\r\n";
  for (std::size_t step = 1; step <= bytes.size(); ++step) {
    const Read body = read(bytes, step);
    EXPECT_TRUE(body.is_over);
    EXPECT_EQ(body.body, "abc0123456789");
  }
}

TEST(ChunkedBody, leaves_what_is_behind_it) {
  const Read body = read("1\r\na\r\n0\r\n\r\nGET /");
  EXPECT_TRUE(body.is_over);
  EXPECT_EQ(body.left, 5);
}

TEST(ChunkedBody, is_not_over_before_its_end) {
  const std::string_view bytes = "3\r\nabc\r\n0\r\n\r\n";
  for (std::size_t cut = 0; cut < bytes.size(); ++cut)
    EXPECT_FALSE(read(bytes.substr(0, cut)).is_over) << cut;
}

TEST(ChunkedBody, refuses_what_two_readers_could_understand_differently) {
  for (const char* bytes : {"g\r\n",
                            "\r\n",
                            ";x\r\n",
                            "-1\r\n",
                            "+1\r\n",
                            "0x1\r\n",
                            " 1\r\na\r\n",
                            "1 \r\na\r\n",
                            "1\na",
                            "1\r\nab",
                            "1\r\na\n",
                            "1\r\na\rb",
                            "1;a\nb\r\n",
                            "1;\x01\r\n",
                            "1\rb",
                            "1234567890123\r\n",
                            "0\r\n\n",
                            "0\r\nA: b\n",
                            "0\r\nA\x01: b\r\n",
                            "1,\r\na"})
    EXPECT_TRUE(read(bytes).is_refused) << bytes;
}

TEST(ChunkedBody, bounds_what_is_no_body) {
  EXPECT_TRUE(read("1;" + std::string(limits.chunk_line_bytes, 'x') + "\r\n").is_refused);
  EXPECT_TRUE(read("0\r\nA: " + std::string(limits.trailer_bytes, 'x') + "\r\n\r\n").is_refused);
}

}  // namespace
}  // namespace passerelle::server::http
