#include "gateway/codec/json/json_splitter.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/codec/limits.hpp"

namespace passerelle::codec {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string describe(const JsonFault& fault) {
  return fmt::format("{} {}:{}", model::catalogue_entry(fault.code).code, fault.at.line, fault.at.column);
}

/// Each object as `line:column text`, each fault as `code line:column`, that of the file after `!`.
std::vector<std::string> split(std::string_view bytes) {
  MemorySource source(bytes);
  JsonSplitter splitter(source);
  JsonSlice slice;
  std::vector<std::string> found;
  while (splitter.next(slice)) {
    const std::string whole = fmt::format("{}:{} {}", slice.at.line, slice.at.column, slice.text);
    found.push_back(slice.fault ? describe(*slice.fault) : whole);
  }
  if (splitter.fault()) found.push_back("! " + describe(*splitter.fault()));
  return found;
}

TEST(JsonSplitter, cuts_every_layout_alike) {
  EXPECT_THAT(split("{\"a\":1}\n{\"b\":2}\n"), ElementsAre("1:1 {\"a\":1}", "2:1 {\"b\":2}"));
  EXPECT_THAT(split("{\"a\":1}{\"b\":2}"), ElementsAre("1:1 {\"a\":1}", "1:8 {\"b\":2}"));
  EXPECT_THAT(split("[{\"a\":1},\r\n {\"b\":2}]\n"), ElementsAre("1:2 {\"a\":1}", "2:2 {\"b\":2}"));
  EXPECT_THAT(split("  {\n \"a\": [\n{}\n,\n{}] }\n"), ElementsAre("1:3 {\n \"a\": [\n{}\n,\n{}] }"));
  EXPECT_THAT(split("[ ]"), IsEmpty());
}

TEST(JsonSplitter, passes_over_a_byte_order_mark) {
  EXPECT_THAT(split("\xEF\xBB\xBF{}"), ElementsAre("1:1 {}"));
}

TEST(JsonSplitter, is_not_misled_by_brackets_and_quotes_inside_strings) {
  const std::string text = R"({"a":"}\"{","b\\":"]","c":"\\\\\"}"})";
  EXPECT_THAT(split(text + text), ElementsAre("1:1 " + text, fmt::format("1:{} {}", text.size() + 1, text)));
}

TEST(JsonSplitter, follows_escapes_across_every_block_boundary) {
  for (std::size_t shift = 0; shift < 130; ++shift) {
    const std::string text = fmt::format(R"({{"a":"{}\\\"}}{{\"\\"}})", std::string(shift, 'x'));
    EXPECT_THAT(split(text + "\n" + text), ElementsAre("1:1 " + text, "2:1 " + text)) << shift;
  }
}

TEST(JsonSplitter, tells_an_empty_a_foreign_and_a_wide_document_apart) {
  EXPECT_THAT(split(""), ElementsAre("! PAS-DOC-006 1:1"));
  EXPECT_THAT(split(" \n "), ElementsAre("! PAS-DOC-006 1:1"));
  EXPECT_THAT(split("<a/>"), ElementsAre("! PAS-DOC-005 1:1"));
  EXPECT_THAT(split("\"texte\""), ElementsAre("! PAS-DOC-005 1:1"));
  EXPECT_THAT(split(std::string_view("{\0}\0", 4)), ElementsAre("! PAS-DOC-003 1:1"));
  EXPECT_THAT(split("\xFF\xFE{"), ElementsAre("! PAS-DOC-003 1:1"));
}

TEST(JsonSplitter, says_where_a_document_is_truncated) {
  EXPECT_THAT(split("{\"a\":1}\n{\"b\":"), ElementsAre("1:1 {\"a\":1}", "! PAS-DOC-002 2:6"));
  EXPECT_THAT(split("{\n\"b\":[\n"), ElementsAre("! PAS-DOC-002 3:1"));
  EXPECT_THAT(split("[{}"), ElementsAre("1:2 {}", "! PAS-DOC-002 1:4"));
  EXPECT_THAT(split("{\"a\":\"unclosed\n"), ElementsAre("! PAS-DOC-002 1:15"));
}

TEST(JsonSplitter, refuses_content_after_the_end) {
  EXPECT_THAT(split("[{}]\n{}"), ElementsAre("1:2 {}", "! PAS-DOC-007 2:1"));
  EXPECT_THAT(split("{} }"), ElementsAre("1:1 {}", "! PAS-DOC-007 1:4"));
  EXPECT_THAT(split("[{},]"), ElementsAre("1:2 {}", "! PAS-DOC-001 1:5"));
  EXPECT_THAT(split("[{}{}]"), ElementsAre("1:2 {}", "! PAS-DOC-001 1:4"));
  EXPECT_THAT(split("[1]"), ElementsAre("! PAS-DOC-001 1:2"));
}

TEST(JsonSplitter, goes_on_at_the_next_line_after_a_broken_object) {
  EXPECT_THAT(split("{\"a\":\"open\n{\"b\":2}\n"), ElementsAre("PAS-DOC-001 1:11", "2:1 {\"b\":2}"));
  EXPECT_THAT(split("{\"a\":{\"c\":1}\n{\"b\":2}\n"), ElementsAre("PAS-DOC-001 2:1", "2:1 {\"b\":2}"));
  EXPECT_THAT(split("{\"a\":1}}\n{\"b\":2}\n"),
              ElementsAre("1:1 {\"a\":1}", "PAS-DOC-001 1:8", "2:1 {\"b\":2}"));
  EXPECT_THAT(split("{}\nnoise\n\n{\"b\":2}\n"), ElementsAre("1:1 {}", "PAS-DOC-001 2:1", "4:1 {\"b\":2}"));
  EXPECT_THAT(split("[{\"a\":\"open\n,\n{\"b\":2}]"), ElementsAre("PAS-DOC-001 1:12", "3:1 {\"b\":2}"));
}

TEST(JsonSplitter, bounds_depth_and_goes_on) {
  const auto nest = [](std::size_t depth) {
    std::string text;
    for (std::size_t n = 1; n < depth; ++n) text += "{\"a\":";
    return text + "{}" + std::string(depth - 1, '}');
  };
  EXPECT_THAT(split(nest(limits::depth)), ElementsAre("1:1 " + nest(limits::depth)));
  EXPECT_THAT(split(nest(limits::depth + 1) + "{}"), ElementsAre("PAS-LIM-002 1:161", "1:195 {}"));
  EXPECT_THAT(split("{}\n" + nest(100'000) + "\n{}"), ElementsAre("1:1 {}", "PAS-LIM-002 2:161", "3:1 {}"));
}

TEST(JsonSplitter, bounds_the_size_of_a_record_and_goes_on) {
  const auto sized = [](std::size_t bytes) { return "{\"a\":\"" + std::string(bytes - 8, 'x') + "\"}"; };
  const std::string largest = sized(limits::record_bytes);
  EXPECT_THAT(split(largest + "\n{}"), ElementsAre("1:1 " + largest, "2:1 {}"));
  EXPECT_THAT(split(sized(limits::record_bytes + 1) + "\n{}"), ElementsAre("PAS-LIM-004 1:1", "2:1 {}"));
  EXPECT_THAT(split("{}\n" + sized(9'000'000) + "\n{}"), ElementsAre("1:1 {}", "PAS-LIM-004 2:1", "3:1 {}"));
}

}  // namespace
}  // namespace passerelle::codec
