#include "gateway/codec/mime/multipart_splitter.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/codec/limits.hpp"
#include "tests/unit/codec/chunked_source.hpp"

namespace passerelle::codec {
namespace {

using model::FaultCode;
using testing::ElementsAre;
using Parts = std::vector<std::string>;

constexpr MultipartSplitter::Room plenty{1000, FaultCode::limit_part};

/// The bytes of each part, or the fault that ended the reading, in pieces of `chunk` bytes.
Parts split(std::string_view message, std::size_t chunk, MultipartSplitter::Room room) {
  ChunkedSource source(message, chunk);
  MultipartSplitter splitter(source, "b");
  Parts parts;
  PartHeader header;
  while (splitter.next(header)) {
    MemorySink sink;
    if (splitter.read(sink, room)) parts.push_back(sink.bytes());
  }
  if (splitter.fault()) {
    parts.push_back(
        fmt::format("{} {}", model::catalogue_entry(splitter.fault()->code).code, splitter.fault()->path));
  }
  return parts;
}

Parts split(std::string_view message, MultipartSplitter::Room room = plenty) {
  const Parts parts = split(message, message.size() + 1, room);
  EXPECT_EQ(split(message, 1, room), parts) << message;
  return parts;
}

TEST(MultipartSplitter, gives_the_bytes_between_boundaries) {
  EXPECT_THAT(split("--b\r\n\r\none\r\n--b\r\nA: b\r\n\r\n\r\ntwo\r\n\r\n--b--"),
              ElementsAre("one", "\r\ntwo\r\n"));
}

TEST(MultipartSplitter, passes_over_what_stands_before_the_first_and_after_the_last) {
  EXPECT_THAT(split("before --b\r\n--b \t\r\n\r\none\r\n--b-- \r\nafter\r\n--b\r\n"), ElementsAre("one"));
}

TEST(MultipartSplitter, gives_no_bytes_of_a_part_without_any) {
  EXPECT_THAT(split("--b\r\n\r\n\r\n--b\r\n\r\n--b\r\nA: b\r\n\r\n--b--\r\n"), ElementsAre("", "", ""));
}

TEST(MultipartSplitter, takes_almost_a_boundary_for_content) {
  EXPECT_THAT(split("--b\r\n\r\n\r\n--\r\n-b\n--b \r\r\n\r\n--b--"), ElementsAre("\r\n--\r\n-b\n--b \r\r\n"));
}

TEST(MultipartSplitter, moves_over_what_was_not_read) {
  MemorySource source("--b\r\n\r\none\r\n--b\r\nContent-ID: <2>\r\n\r\ntwo\r\n--b--");
  MultipartSplitter splitter(source, "b");
  PartHeader header;
  ASSERT_TRUE(splitter.next(header));
  ASSERT_TRUE(splitter.next(header));
  EXPECT_EQ(header.content_id, "2");
  EXPECT_EQ(splitter.rank(), 2U);
  EXPECT_FALSE(splitter.next(header));
  EXPECT_FALSE(splitter.fault());
}

TEST(MultipartSplitter, may_be_read_twice_and_gives_nothing_the_second_time) {
  MemorySource source("--b\r\n\r\none\r\n--b--");
  MultipartSplitter splitter(source, "b");
  PartHeader header;
  MemorySink sink;
  ASSERT_TRUE(splitter.next(header));
  EXPECT_EQ(splitter.read(sink, plenty), 3U);
  EXPECT_EQ(splitter.read(sink, plenty), 0U);
  EXPECT_EQ(sink.bytes(), "one");
}

TEST(MultipartSplitter, refuses_a_message_without_its_boundary) {
  for (const std::string_view message :
       {"", "-", "--", "--c\r\n\r\none\r\n--c--", "one\n--b\r\n", "one--b\r\n"}) {
    EXPECT_THAT(split(message), ElementsAre("PAS-MIM-002 ")) << message;
  }
}

TEST(MultipartSplitter, refuses_a_line_that_only_begins_with_the_boundary) {
  EXPECT_THAT(split("--bis\r\n\r\none\r\n--b--"), ElementsAre("PAS-MIM-002 "));
  EXPECT_THAT(split("--b\r\n\r\none\r\n--bis\r\n"), ElementsAre("one", "PAS-MIM-002 partie[1]"));
  EXPECT_THAT(split("--b\r\n\r\none\r\n--b--is\r\n"), ElementsAre("one", "PAS-MIM-002 partie[1]"));
  EXPECT_THAT(split("--b\r\n\r\none\r\n--b\rx"), ElementsAre("one", "PAS-MIM-002 partie[1]"));
}

TEST(MultipartSplitter, refuses_a_message_that_ends_before_its_last_boundary) {
  EXPECT_THAT(split("--b"), ElementsAre("PAS-MIM-003 "));
  EXPECT_THAT(split("--b\r\n"), ElementsAre("PAS-MIM-003 partie[1]"));
  EXPECT_THAT(split("--b\r\nA: b\r\n"), ElementsAre("PAS-MIM-003 partie[1]"));
  EXPECT_THAT(split("--b\r\n\r\none"), ElementsAre("PAS-MIM-003 partie[1]"));
  EXPECT_THAT(split("--b\r\n\r\none\r\n--b"), ElementsAre("one", "PAS-MIM-003 partie[1]"));
}

TEST(MultipartSplitter, refuses_line_feeds_alone) {
  EXPECT_THAT(split("--b\n\none\n--b--\n"), ElementsAre("PAS-MIM-004 "));
  EXPECT_THAT(split("--b\r\nA: b\nC: d\r\n\r\none\r\n--b--"), ElementsAre("PAS-MIM-004 partie[1]"));
}

TEST(MultipartSplitter, lets_no_header_swallow_a_boundary) {
  EXPECT_THAT(split("--b\r\n--b:c\r\n\r\none\r\n--b--"), ElementsAre("PAS-MIM-005 partie[1]"));
  EXPECT_THAT(split("--b\r\nA: b\r\n--b: d\r\n\r\none\r\n--b--"), ElementsAre("PAS-MIM-005 partie[1]"));
}

TEST(MultipartSplitter, undoes_the_encoding_of_each_part) {
  EXPECT_THAT(split("--b\r\nContent-Transfer-Encoding: base64\r\n\r\nb25l\r\n--b\r\n\r\nb25l\r\n--b--"),
              ElementsAre("one", "b25l"));
  EXPECT_THAT(split("--b\r\nContent-Transfer-Encoding: base64\r\n\r\nb25\r\n--b--"),
              ElementsAre("PAS-MIM-007 partie[1]"));
}

TEST(MultipartSplitter, counts_what_a_part_holds_once_decoded) {
  const std::string message = "--b\r\nContent-Transfer-Encoding: base64\r\n\r\nb25l\r\n--b--";
  EXPECT_THAT(split(message, {3, FaultCode::limit_part}), ElementsAre("one"));
  EXPECT_THAT(split(message, {2, FaultCode::limit_root_part}), ElementsAre("PAS-LIM-011 partie[1]"));
}

TEST(MultipartSplitter, refuses_one_part_too_many) {
  const auto message = [](std::size_t parts) {
    std::string text = "--b\r\n";
    for (std::size_t part = 1; part < parts; ++part) text += "\r\n\r\n--b\r\n";
    return text + "\r\n\r\n--b--";
  };
  EXPECT_EQ(split(message(limits::parts)).size(), limits::parts);
  EXPECT_EQ(split(message(limits::parts + 1)).back(), "PAS-LIM-007 partie[17]");
}

TEST(MultipartSplitter, bounds_the_header_of_a_part) {
  const auto message = [](std::size_t size) {
    return "--b\r\nA: " + std::string(size - 3, 'a') + "\r\n\r\none\r\n--b--";
  };
  EXPECT_THAT(split(message(limits::part_header_bytes)), ElementsAre("one"));
  EXPECT_THAT(split(message(limits::part_header_bytes + 1)), ElementsAre("PAS-LIM-008 partie[1]"));
}

}  // namespace
}  // namespace passerelle::codec
